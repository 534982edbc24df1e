//! Rows as parameters: one statement for many.

/// A table expression of so many rows, whose columns are `column1` and so on: parameters from `$1`
/// on, row by row. The first row says the types, which PostgreSQL cannot know from parameters.
pub(crate) fn rows(types: &[&str], count: usize) -> String {
    let row = |row: usize| {
        let columns = types.iter().enumerate().map(|(column, kind)| {
            let place = row * types.len() + column + 1;
            if row == 0 {
                format!("CAST(${place} AS {kind})")
            } else {
                format!("${place}")
            }
        });
        format!("({})", columns.collect::<Vec<_>>().join(", "))
    };
    let rows: Vec<String> = (0..count).map(row).collect();
    format!("(VALUES {})", rows.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_count_row_by_row() {
        let two = rows(&["BIGINT", "TEXT"], 2);
        assert_eq!(
            two,
            "(VALUES (CAST($1 AS BIGINT), CAST($2 AS TEXT)), ($3, $4))"
        );
    }
}
