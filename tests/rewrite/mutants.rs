//! Rewritten texts, broken in every way that would matter: what a defective rewriter could send.

use menshen::model::facts::Right;
use menshen::model::ids::Oid;
use menshen::rights::table::{RelationRight, Rights};

/// Every occurrence of `from` by itself replaced by `to`.
fn each(text: &str, from: &str, to: &str, out: &mut Vec<String>) {
    for (start, found) in text.match_indices(from) {
        out.push(format!("{}{to}{}", &text[..start], &text[start + found.len()..]));
    }
}

/// Texts that must not be proven.
pub fn of(text: &str, rights: &Rights, relations: &[(Oid, String)]) -> Vec<String> {
    let mut out = vec![format!("{text}; SELECT 1"), format!("SELECT 1; {text}")];
    for (oid, name) in relations {
        let Some(RelationRight::Masked(columns)) = rights.relation(*oid) else { continue };
        for column in columns.iter() {
            let quoted = format!("\"{}\"", column.name);
            match &column.expression {
                Some(expression) if column.right < Right::Clear => {
                    let masked = format!("{expression} AS {quoted}");
                    // the mask is gone, hidden behind a name, of another column, or stands beside the true value
                    each(text, &masked, &quoted, &mut out);
                    each(text, &masked, &format!("{quoted}::pg_catalog.text AS {quoted}"), &mut out);
                    each(text, &masked, &format!("{masked}, {quoted} AS \"true\""), &mut out);
                    each(text, &masked, &format!("{masked}, *"), &mut out);
                    each(text, &masked, &format!("(SELECT {quoted}) AS {quoted}"), &mut out);
                    each(text, &masked, &masked.replacen("pg_catalog.", "public.", 1).replacen("'", "'9", 1), &mut out);
                }
                _ => {}
            }
        }
        if !rights.sorts(*oid).is_empty() && !text.starts_with("COPY") {
            // the rows come as an index has them, or as something else says
            each(text, " ORDER BY ctid", "", &mut out);
            each(text, " ORDER BY ctid", " ORDER BY phone", &mut out);
            each(text, " ORDER BY ctid", " ORDER BY ctid, phone", &mut out);
        }
        if let Some(filter) = rights.filter(*oid) {
            // the filter is gone, weakened, of somebody else, of other rows, or comes too late
            let stands = format!(" WHERE {}", filter.text);
            each(text, &stands, "", &mut out);
            each(text, &stands, " WHERE TRUE", &mut out);
            each(text, &stands, &format!("{stands} OR TRUE"), &mut out);
            each(text, &stands, &format!(" WHERE (TRUE OR {})", filter.text), &mut out);
            each(text, &stands, &format!(" WHERE TRUE OR {}", filter.text), &mut out);
            each(text, &stands, &format!(" WHERE -- {}\n TRUE", filter.text), &mut out);
            each(text, &stands, &stands.replacen("OPERATOR(pg_catalog.", "OPERATOR(evil.", 1), &mut out);
            each(text, &stands, &stands.replacen('\'', "'x", 1), &mut out);
            each(text, &stands, &format!("{stands} OFFSET 1"), &mut out);
            each(text, &stands, &format!("{stands} LIMIT 1"), &mut out);
            each(text, &stands, &format!("{stands} UNION ALL TABLE {name}"), &mut out);
            each(text, &format!("{stands} OFFSET 0"), &stands, &mut out);
        }
        // the scan itself instead of its substitution
        let rows = rights.filter(*oid).map_or_else(String::new, |filter| format!(" WHERE {}", filter.text));
        let end = format!(" FROM {name}{rows})");
        let bare = name.rsplit_once('.').map_or("", |(_, bare)| bare);
        for (position, _) in text.match_indices(&end) {
            if let Some(start) = text[..position].rfind("(SELECT ") {
                let rest = &text[position + end.len()..];
                out.push(format!("{}{name}{rest}", &text[..start]));
                out.push(format!("{}(SELECT * FROM {name}){rest}", &text[..start]));
                out.push(format!("{}(TABLE {name}){rest}", &text[..start]));
                let body = &text[start + "(SELECT ".len()..position];
                // a column that is not spoken of may be left out
                let outside = format!("{}{rest}", &text[..start]);
                let spoken = |first: &str| {
                    let name = first.trim_matches('"');
                    !outside.contains(';')
                        && (outside.contains("SELECT *") || outside.contains(&format!(" WHERE {name} ")))
                };
                if let Some((_, others)) = body.split_once(", ").filter(|(first, _)| spoken(first)) {
                    out.push(format!("{}(SELECT {others} FROM {name}){rest}", &text[..start]));
                }
                out.push(format!("{}(SELECT {body} FROM {name} AS x){rest}", &text[..start]));
                out.push(format!("{}(SELECT {body} FROM {name} WHERE true){rest}", &text[..start]));
                out.push(format!("{}(SELECT {body}, ({bare} IS NULL) AS x FROM {name}){rest}", &text[..start]));
                out.push(format!("{}(SELECT {body} FROM {name} TABLESAMPLE system (1)){rest}", &text[..start]));
                out.push(format!("{}(SELECT /* {body} */ * FROM {name}){rest}", &text[..start]));
                out.push(format!("{}(SELECT {body}/**/ FROM {name}){rest}", &text[..start]));
                out.push(format!("{}(SELECT DISTINCT {body} FROM {name}){rest}", &text[..start]));
                out.push(format!("{}(SELECT {body} FROM {name} UNION TABLE {name}){rest}", &text[..start]));
            }
        }
        each(text, &end, &format!(" FROM {bare})"), &mut out);
    }
    // `x` that is not in a text stands for no change
    out.retain(|mutant| mutant != text);
    out
}
