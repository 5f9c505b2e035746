# ActiveRecord and Sequel over the housing schema.
require 'pg'
require 'active_record'
require 'sequel'

PLACE = { host: ENV['PGHOST'], port: ENV['PGPORT'].to_i, user: ENV.fetch('LEGIT_USER', 'clerk'), database: ENV['PGDATABASE'] }.freeze
MARKER = PG.connect(host: PLACE[:host], port: PLACE[:port], user: PLACE[:user], dbname: PLACE[:database])

def mark(source, title)
  MARKER.exec("SELECT 'mark: #{source}: #{title}'")
  yield
rescue StandardError => e
  puts "#{source}, #{title}: #{e.message.lines.first}"
end

mark('activerecord', 'connecting') do
  ActiveRecord::Base.establish_connection(adapter: 'postgresql', host: PLACE[:host], port: PLACE[:port], username: PLACE[:user], database: PLACE[:database], schema_search_path: 'housing')
  ActiveRecord::Base.connection.execute('SELECT 1')
end

class Agent < ActiveRecord::Base
  belongs_to :manager, class_name: 'Agent', optional: true
  has_many :buyers
end
class Buyer < ActiveRecord::Base
  belongs_to :agent, optional: true
  has_many :contracts
end
class Contract < ActiveRecord::Base
  belongs_to :buyer
end

def active(title, &block) = mark('activerecord', title, &block)
active('first use of a model') { Buyer.order(:id).first(3) }
active('schema of others') { [Agent, Contract].each { |model| model.order(:id).first } }
active('find') { Buyer.find(7) }
active('find by') { Buyer.find_by(phone: '138****0024') }
active('where') { Buyer.where(level: [1, 2], active: true).where.not(agent_id: nil).where('name LIKE ?', '王%').order(id: :desc).limit(5).to_a }
active('or, ranges') { Buyer.where(id: 3..9).or(Buyer.where(level: nil)).order(:id).to_a }
active('joins') { Contract.joins(buyer: :agent).where(agents: { id: 2 }).order(:id).to_a }
active('left joins and grouping') { Buyer.left_joins(:contracts).group(:id).select('buyers.id, buyers.name, COUNT(contracts.id) AS n').order(:id).limit(9).to_a }
active('includes') { Buyer.includes(:agent, :contracts).order(:id).limit(4).to_a }
active('eager load') { Buyer.eager_load(:agent, :contracts).where(contracts: { status: 'filed' }).order(:id).limit(4).to_a }
active('pluck and ids') { [Buyer.order(:id).limit(3).pluck(:id, :phone), Buyer.where(level: 3).ids] }
active('calculations') { [Buyer.count, Contract.sum(:price), Contract.average(:price), Contract.group(:status).count, Buyer.distinct.count(:phone), Contract.maximum(:signed)] }
active('exists and any') { [Buyer.exists?(level: 9), Buyer.where(level: 1).any?, Buyer.none?] }
active('batches') { Buyer.find_in_batches(batch_size: 120) { |group| group } }
active('subquery') { Buyer.where(id: Contract.where(status: 'filed').select(:buyer_id)).order(:id).to_a }
active('having') { Buyer.group(:agent_id).having('COUNT(*) > 10').order(:agent_id).count }
active('find by sql') { Buyer.find_by_sql(['SELECT id, name FROM buyers WHERE level = ? ORDER BY id', 2]) }
active('explained') { Buyer.where(level: 1).explain }
active('lock') { Buyer.transaction { Buyer.lock('FOR UPDATE SKIP LOCKED').where(id: 1).to_a } }
active('nested transactions') { Buyer.transaction { Buyer.transaction(requires_new: true) { Buyer.count } } }
active('introspection') do
  look = ActiveRecord::Base.connection
  [look.tables, look.views, look.data_sources, look.schema_names, look.current_schema, look.current_database, look.encoding, look.collation, look.ctype, look.extensions]
  [look.columns('buyers'), look.indexes('buyers'), look.foreign_keys('contracts'), look.primary_keys('co_buyers'), look.table_comment('buyers'), look.check_constraints('buyers')]
  [look.table_exists?('buyers'), look.view_exists?('buyer_cards'), look.index_name_exists?('buyers', 'buyers_phone'), look.default_sequence_name('buyers'), look.client_min_messages, look.schema_exists?('app')]
  look.respond_to?(:enum_types) && look.enum_types
end
active('advisory lock') { ActiveRecord::Base.connection.then { |look| look.get_advisory_lock(42) && look.release_advisory_lock(42) } }

DB = Sequel.connect(adapter: 'postgres', host: PLACE[:host], port: PLACE[:port], user: PLACE[:user], database: PLACE[:database])
def sequel(title, &block) = mark('sequel', title, &block)
BUYERS = DB[Sequel[:housing][:buyers]]
CONTRACTS = DB[Sequel[:housing][:contracts]]
sequel('first and all') { [BUYERS.order(:id).first, BUYERS.order(:id).limit(5, 2).all] }
sequel('filters') { BUYERS.where(level: [1, 2]).exclude(agent_id: nil).where(Sequel.like(:name, '王%') | Sequel.ilike(:email, '%.cn')).order(:id).all }
sequel('joined') { BUYERS.join(Sequel[:housing][:contracts].as(:c), buyer_id: :id).select(:name, :price).order(Sequel[:c][:id]).limit(5).all }
sequel('grouped') { CONTRACTS.group_and_count(:status).order(:status).all }
sequel('window') { CONTRACTS.select(:id, Sequel.function(:rank).over(partition: :status, order: Sequel.desc(:price)).as(:r)).order(:id).limit(5).all }
sequel('common table') { DB[:top].with(:top, CONTRACTS.select_group(:buyer_id).select_append { sum(price).as(:total) }).order(Sequel.desc(:total), :buyer_id).limit(5).all }
sequel('paged') { BUYERS.order(:id).paged_each(rows_per_fetch: 100) { |row| row } }
sequel('lock') { DB.transaction { BUYERS.where(id: 1).for_update.skip_locked.all } }
sequel('distinct on, lateral, case') { [CONTRACTS.distinct(:buyer_id).order(:buyer_id, Sequel.desc(:signed)).select(:buyer_id, :signed).all, BUYERS.select(:id, Sequel.case([[{ level: 1 }, 'one']], 'other').as(:l)).order(:id).limit(4).all] }
sequel('copied') { DB.copy_table(BUYERS.select(:id, :phone).order(:id).limit(3), format: :csv) }
sequel('schema') { [DB.tables(schema: :housing), DB.views(schema: :housing), DB.schema(Sequel[:housing][:buyers]), DB.indexes(Sequel[:housing][:buyers]), DB.foreign_key_list(Sequel[:housing][:contracts]), DB.primary_key(Sequel[:housing][:buyers]), DB.server_version, DB.check_constraints(Sequel[:housing][:buyers])] }
