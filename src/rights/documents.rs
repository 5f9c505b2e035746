//! What a principal reads of a document: one mask, made of what it may read of each part.

use std::sync::Arc;

use crate::mask::{Json, Mask};
use crate::model::category::Category;
use crate::model::facts::{Right, WriteRight};
use crate::policy::classification::{Class, UNCLASSIFIED};
use crate::policy::documents::Document;
use crate::policy::masks::NamedMask;

use super::bind::{Judge, Verdict, verdict};

impl Judge<'_> {
    /// Clear if every part is; hidden if no part shows anything.
    pub(super) fn document(&self, document: &Document) -> Verdict {
        let rest = self.part(document.rest.as_ref(), None);
        let keep = rest.as_ref().is_none_or(|rest| rest.right == Right::Clear);
        let mut parts: Vec<Verdict> = rest.into_iter().collect();
        let mut masks = Vec::with_capacity(document.paths.len());
        for path in &document.paths {
            let part = self.part(Some(&path.class), path.mask.as_ref());
            let mask = part.as_ref().and_then(|part| match part.right {
                Right::Clear => None,
                Right::Masked => Some(self.bound(&part.mask.mask)),
                Right::Hidden => Some(Mask::Null),
            });
            masks.push((path.path.clone(), mask));
            parts.extend(part);
        }
        let shown = keep || masks.iter().any(|(_, mask)| *mask != Some(Mask::Null));
        let clear = parts.iter().all(|part| part.right == Right::Clear);
        let right = match (clear, shown) {
            (true, _) => Right::Clear,
            (false, true) => Right::Masked,
            (false, false) => Right::Hidden,
        };
        // Paths that overlap do not compile.
        let mask = Json::new(keep, masks).map_or(Mask::Null, Mask::Json);
        self.whole(right, parts, mask)
    }

    /// The verdict over the whole, named after its strictest part.
    fn whole(&self, right: Right, parts: Vec<Verdict>, mask: Mask) -> Verdict {
        let write = parts.iter().map(|part| part.write).min().unwrap_or(WriteRight::Free);
        let unclassified = || verdict(Category(UNCLASSIFIED.into()), self.decisions.unclassified(), None);
        let strictest = parts.into_iter().min_by_key(|part| part.right).unwrap_or_else(unclassified);
        let mask = Arc::new(NamedMask { name: "json".into(), mask });
        Verdict { right, mask, write, matching: false, ..strictest }
    }

    /// `None`: it holds nothing personal.
    fn part(&self, class: Option<&Class>, own: Option<&Arc<NamedMask>>) -> Option<Verdict> {
        match class {
            Some(Class::Personal(category)) => Some(self.personal(category, own)),
            Some(Class::Public | Class::Document(_)) => None,
            None => Some(verdict(Category(UNCLASSIFIED.into()), self.decisions.unclassified(), None)),
        }
    }
}
