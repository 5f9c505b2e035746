//! Paths inside of JSON columns, and what stands at them.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use crate::mask::{Json, Mask, Path};
use crate::model::category::Category;

use super::bundle::DocumentEntry;
use super::classification::{Class, Classification, ColumnClass, column_class, the_class};
use super::diagnostic::{Diagnostic, Source};
use super::masks::{Masks, NamedMask};

/// What the parts of a document hold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Document {
    /// What no path names; `None`: nobody said, so it is as closed as an unclassified column.
    pub rest: Option<Class>,
    pub paths: Vec<PathClass>,
}

/// What stands at one path.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PathClass {
    pub path: Path,
    pub class: Class,
    /// Instead of the category's mask.
    pub mask: Option<Arc<NamedMask>>,
    pub(crate) span: Range<usize>,
}

impl Document {
    /// Every category that some part of it has.
    pub fn categories(&self) -> BTreeSet<&Category> {
        let classes = self.paths.iter().map(|path| &path.class).chain(&self.rest);
        classes
            .filter_map(|class| match class {
                Class::Personal(category) => Some(category),
                _ => None,
            })
            .collect()
    }
}

/// Compiles what was written of one JSON column.
pub(super) fn compile(
    source: Source<'_>,
    entry: &DocumentEntry,
    masks: &Masks,
    compiled: &Classification,
    report: &mut Vec<Diagnostic>,
) -> Option<ColumnClass> {
    let rest = match &entry.rest {
        None => None,
        Some(written) => Some(the_class(source, written, compiled, report)?),
    };
    let mut document = Document { rest, paths: Vec::new() };
    for written in &entry.paths {
        let Some(ColumnClass { class, mask, span }) = column_class(source, written, masks, compiled, report) else {
            continue;
        };
        let path: Path = match written.name.get_ref().parse() {
            Ok(path) => path,
            Err(error) => {
                let wrong = source.error(&written.name.span(), format!("`{}` is no path", written.name.get_ref()));
                report.push(wrong.expected(format!("{error}")));
                continue;
            }
        };
        if let Some(whole) = mask.as_ref().filter(|mask| matches!(mask.mask, Mask::Each(_))) {
            let wrong = source.error(&written.category.span(), format!("mask `{}` is for arrays", whole.name));
            report.push(wrong.help("end the path in `[*]` and name the mask of one element"));
        }
        let alone = |path: &PathClass| (path.path.clone(), None);
        let paths = document.paths.iter().map(alone).chain([(path.clone(), None)]);
        if Json::new(true, paths).is_err() {
            let wrong = source.error(&written.name.span(), "this path is inside of another one, or comes twice");
            report.push(wrong.help("of two such paths one decides alone: leave the other out"));
            continue;
        }
        document.paths.push(PathClass { path, class, mask, span });
    }
    if entry.paths.is_empty() {
        let empty = source.error(&entry.column.span(), "no path of this column is classified");
        report.push(empty.help("write `\"$.key\" = \"category\"`, or classify the whole column under `columns`"));
        return None;
    }
    Some(ColumnClass { class: Class::Document(Arc::new(document)), mask: None, span: entry.column.span() })
}
