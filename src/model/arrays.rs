//! How many elements an array has at most, whatever form it comes in.

/// The most elements that a text can have as an array: as many as it has separators, and one. A vector such as
/// `int2vector` is separated by spaces.
#[must_use]
pub fn elements_at_most(text: &[u8]) -> u64 {
    let (mut commas, mut semicolons, mut spaces) = (0_u64, 0_u64, 0_u64);
    for byte in text {
        match byte {
            b',' => commas += 1,
            b';' => semicolons += 1,
            b' ' | b'\t'..=b'\r' => spaces += 1,
            _ => {}
        }
    }
    commas.max(semicolons).max(spaces).saturating_add(1)
}

/// The most elements that a parameter can have. In binary it may be an array (dimensions, flags, the type of elements,
/// then length and lower bound of each dimension), or the text of one.
#[must_use]
pub fn parameter_at_most(value: &[u8], binary: bool) -> u64 {
    let int = |at: usize| value.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map(i32::from_be_bytes);
    // no text has a zero byte
    let dimensions = match int(0) {
        Some(dimensions @ 0..=6) if binary => dimensions,
        _ => return elements_at_most(value),
    };
    // each element has its own length in front
    let room = (value.len() / 4) as u64;
    let mut lengths = (0..dimensions).map(|n| usize::try_from(n).ok().and_then(|n| int(12 + 8 * n)));
    let product = lengths.try_fold(1_u64, |product, length| product.checked_mul(u64::try_from(length?).ok()?));
    product.unwrap_or(room).min(room)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn binary(dimensions: &[i32], elements: &[&[u8]]) -> Vec<u8> {
        let mut value = Vec::new();
        value.extend((dimensions.len() as i32).to_be_bytes());
        value.extend([0; 4]);
        value.extend(25_i32.to_be_bytes());
        for length in dimensions {
            value.extend(length.to_be_bytes());
            value.extend(1_i32.to_be_bytes());
        }
        for element in elements {
            value.extend((element.len() as i32).to_be_bytes());
            value.extend(*element);
        }
        value
    }

    #[test]
    fn texts_have_no_more_elements_than_separators_and_one() {
        for (text, at_most) in
            [("", 1), ("{}", 1), ("{a}", 1), ("{a,b}", 2), ("{{a,b},{c,d}}", 4), ("1 2 3", 3), ("[0:1]={a,b}", 2)]
        {
            assert_eq!(parameter_at_most(text.as_bytes(), false), at_most, "{text}");
            assert_eq!(parameter_at_most(text.as_bytes(), true), at_most, "{text}");
        }
    }

    #[test]
    fn binary_arrays_say_how_many_and_cannot_say_fewer() {
        assert_eq!(parameter_at_most(&binary(&[3], &[b"a", b"b", b"c"]), true), 3);
        assert_eq!(parameter_at_most(&binary(&[2, 2], &[b"a", b"b", b"c", b"d"]), true), 4);
        assert_eq!(parameter_at_most(&binary(&[], &[]), true), 1);
        // more than there is room for, less than nothing, more than can be multiplied
        for odd in [binary(&[i32::MAX], &[b"a"]), binary(&[-1], &[b"a"]), binary(&[i32::MAX; 6], &[])] {
            assert!(parameter_at_most(&odd, true) <= odd.len() as u64, "{odd:?}");
        }
        for cut in 0..12 {
            assert!(parameter_at_most(&binary(&[3], &[b"a"])[..cut], true) <= 4);
        }
    }
}
