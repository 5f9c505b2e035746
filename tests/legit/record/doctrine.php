<?php
// Doctrine DBAL and its schema manager, and plain PDO and pgsql, over the housing schema.
require_once 'Doctrine/DBAL/autoload.php';

use Doctrine\DBAL\ArrayParameterType;
use Doctrine\DBAL\Connection;
use Doctrine\DBAL\DriverManager;
use Doctrine\DBAL\LockMode;
use Doctrine\DBAL\TransactionIsolationLevel;

$place = ['host' => getenv('PGHOST'), 'port' => (int) getenv('PGPORT'), 'user' => getenv('LEGIT_USER') ?: 'clerk', 'dbname' => getenv('PGDATABASE')];
$text = "host={$place['host']} port={$place['port']} user={$place['user']} dbname={$place['dbname']}";
$marker = pg_connect($text, PGSQL_CONNECT_FORCE_NEW);

function ask(string $source, string $title, callable $ask): void
{
    global $marker;
    pg_query($marker, "SELECT 'mark: $source: $title'");
    try {
        $ask();
    } catch (Throwable $error) {
        echo "$source, $title: {$error->getMessage()}\n";
    }
}

$db = DriverManager::getConnection($place + ['driver' => 'pdo_pgsql']);
$look = $db->createSchemaManager();
$build = fn () => $db->createQueryBuilder()->select('b.id', 'b.name', 'b.phone')->from('housing.buyers', 'b')->orderBy('b.id');
foreach ([
    'fetch' => fn () => $db->fetchAllAssociative('SELECT id, phone FROM housing.buyers WHERE level = ? ORDER BY id', [2]),
    'lists' => fn () => $db->fetchAllAssociative('SELECT id FROM housing.buyers WHERE id IN (?) ORDER BY id', [[1, 2, 3]], [Connection::PARAM_INT_ARRAY]),
    'builder' => fn () => $build()->where('b.level = :level')->andWhere('b.name LIKE :name')->setParameters(['level' => 2, 'name' => '王%'])->setMaxResults(5)->setFirstResult(1)->executeQuery()->fetchAllAssociative(),
    'builder, joined' => fn () => $build()->addSelect('c.price')->innerJoin('b', 'housing.contracts', 'c', 'c.buyer_id = b.id')->leftJoin('b', 'housing.agents', 'a', 'a.id = b.agent_id')->addOrderBy('c.id')->setMaxResults(5)->executeQuery()->fetchAllAssociative(),
    'builder, grouped' => fn () => $db->createQueryBuilder()->select('level', 'COUNT(*) AS n')->from('housing.buyers')->groupBy('level')->having('COUNT(*) > 3')->orderBy('level')->executeQuery()->fetchAllKeyValue(),
    'transactions' => function () use ($db) {
        $db->setTransactionIsolation(TransactionIsolationLevel::REPEATABLE_READ);
        $db->transactional(fn ($c) => $c->fetchOne('SELECT count(*) FROM housing.buyers'));
        $db->setTransactionIsolation(TransactionIsolationLevel::READ_COMMITTED);
    },
    'nested transactions' => function () use ($db) {
        $db->setNestTransactionsWithSavepoints(true);
        $db->transactional(fn ($c) => $c->transactional(fn ($d) => $d->fetchOne('SELECT max(phone) FROM housing.buyers')));
    },
    'schema manager, databases' => fn () => [$look->listSchemaNames(), $look->listTableNames()],
    'schema manager, views' => fn () => $look->listViews(),
    'schema manager, table' => fn () => [$look->listTableColumns('housing.buyers'), $look->listTableIndexes('housing.buyers'), $look->listTableForeignKeys('housing.contracts')],
    'schema manager, everything' => fn () => $look->introspectSchema(),
    'schema manager, sequences' => fn () => $look->listSequences(),
] as $title => $query) {
    ask('doctrine', $title, $query);
}

$pdo = new PDO("pgsql:host={$place['host']};port={$place['port']};dbname={$place['dbname']}", $place['user'], '', [PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION]);
$native = pg_connect($text, PGSQL_CONNECT_FORCE_NEW);
foreach ([
    'PDO, prepared' => function () use ($pdo) { $s = $pdo->prepare('SELECT id, name FROM housing.buyers WHERE level = :l AND name LIKE :n ORDER BY id'); $s->execute(['l' => 2, 'n' => '王%']); $s->fetchAll(); $s->getColumnMeta(0); },
    'PDO, emulated' => function () use ($pdo) { $pdo->setAttribute(PDO::ATTR_EMULATE_PREPARES, true); $s = $pdo->prepare('SELECT id, phone FROM housing.buyers WHERE level = ? AND note IS NOT DISTINCT FROM ? ORDER BY id'); $s->execute([1, null]); $s->fetchAll(); },
    'PDO, scrolled' => function () use ($pdo) { $pdo->beginTransaction(); $s = $pdo->prepare('SELECT id, phone FROM housing.buyers ORDER BY id', [PDO::ATTR_CURSOR => PDO::CURSOR_SCROLL]); $s->execute(); $s->fetch(PDO::FETCH_ASSOC, PDO::FETCH_ORI_LAST); $s->fetch(PDO::FETCH_ASSOC, PDO::FETCH_ORI_FIRST); $pdo->rollBack(); },
    'pg_meta_data' => fn () => pg_meta_data($native, 'housing.buyers', true),
    'pg_field_type' => function () use ($native) { $r = pg_query($native, 'SELECT id, name, born, extra FROM housing.buyers ORDER BY id LIMIT 2'); foreach ([0, 1, 2, 3] as $i) { pg_field_type($r, $i); pg_field_table($r, $i); } },
    'pg_select' => fn () => pg_select($native, 'housing.buyers', ['level' => 2]),
    'pg_copy_to' => fn () => pg_copy_to($native, 'app.settings'),
    'pg_query_params' => fn () => pg_query_params($native, 'SELECT id, phone FROM housing.buyers WHERE id = ANY ($1::int[]) ORDER BY id', ['{1,2,3}']),
] as $title => $query) {
    ask('php', $title, $query);
}
