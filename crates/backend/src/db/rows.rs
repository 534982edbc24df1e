//! Rows as parameters: one statement for many.

use super::batch::Batch;

/// The type of a column of such rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    Int,
    Text,
    Bytes,
}

/// How many rows there are, and how many are written: a power of two, so that there are few texts and
/// each of them is prepared once. The rest are rows of NULL, which no join meets.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Count {
    rows: usize,
    room: usize,
}

impl Count {
    pub(crate) fn of(rows: usize) -> Self {
        let room = rows.max(1).next_power_of_two();
        Self { rows, room }
    }

    /// These rows, in as much room as so many times `others` take, so that the text follows from that
    /// alone.
    pub(crate) fn within(rows: usize, times: usize, others: usize) -> Self {
        let room = times * Self::of(others).room;
        Self { rows, room }
    }
}

/// A table expression of so many rows, whose columns are `column1` and so on: parameters from
/// `first` on, row by row. The first row says the types, which SQLite does not take from parameters.
fn table(columns: &[Column], count: Count, first: usize) -> String {
    let row = |row: usize| {
        let cells = columns.iter().enumerate().map(|(cell, column)| {
            let place = first + row * columns.len() + cell;
            match column {
                Column::Int if row == 0 => format!("CAST(${place} AS BIGINT)"),
                Column::Text if row == 0 => format!("CAST(${place} AS TEXT)"),
                // No name of the type means bytes on both engines.
                Column::Int | Column::Text | Column::Bytes => format!("${place}"),
            }
        });
        format!("({})", cells.collect::<Vec<_>>().join(", "))
    };
    let rows: Vec<String> = (0..count.room).map(row).collect();
    format!("(VALUES {})", rows.join(", "))
}

impl Batch {
    /// Adds a statement over so many rows, which `sql` gets as a table expression. `before` of its
    /// parameters, `$1` and on, are bound before the rows.
    pub(crate) fn push_rows(
        &mut self,
        columns: &'static [Column],
        count: Count,
        before: usize,
        sql: impl FnOnce(&str) -> String,
    ) -> RowBindings<'_> {
        self.push(&sql(&table(columns, count, before + 1)));
        let missing = count.room.saturating_sub(count.rows);
        RowBindings {
            batch: self,
            columns,
            missing,
        }
    }
}

/// Where the arguments of such a statement go; the rows that are missing are bound at the end.
pub(crate) struct RowBindings<'a> {
    batch: &'a mut Batch,
    columns: &'static [Column],
    missing: usize,
}

impl RowBindings<'_> {
    pub(crate) fn int(&mut self, value: i64) -> &mut Self {
        self.batch.bind(value);
        self
    }

    pub(crate) fn text(&mut self, value: &str) -> &mut Self {
        self.batch.bind(value.to_owned());
        self
    }

    pub(crate) fn bytes(&mut self, value: &[u8]) -> &mut Self {
        self.batch.bind(value.to_vec());
        self
    }
}

impl Drop for RowBindings<'_> {
    fn drop(&mut self) {
        for column in (0..self.missing).flat_map(|_| self.columns) {
            match column {
                Column::Int => self.batch.bind(None::<i64>),
                Column::Text => self.batch.bind(None::<String>),
                Column::Bytes => self.batch.bind(None::<Vec<u8>>),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_count_row_by_row_up_to_a_power_of_two() {
        let columns = [Column::Int, Column::Text, Column::Bytes];
        assert_eq!(
            table(&columns, Count::of(1), 1),
            "(VALUES (CAST($1 AS BIGINT), CAST($2 AS TEXT), $3))"
        );
        assert_eq!(
            table(&columns[..2], Count::of(2), 4),
            "(VALUES (CAST($4 AS BIGINT), CAST($5 AS TEXT)), ($6, $7))"
        );
        let four = table(&columns, Count::of(4), 1);
        assert_eq!(table(&columns, Count::of(3), 1), four);
        assert_eq!(table(&columns, Count::within(1, 2, 2), 1), four);
    }
}
