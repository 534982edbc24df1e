//! Rows as parameters: one statement for many.

use super::batch::Batch;
use super::text::Statement;

/// The type of a column of such rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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

/// The rows of a statement: how many are written, of which columns, after how many other parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Rows {
    columns: &'static [Column],
    room: usize,
    before: usize,
}

impl Rows {
    /// A table expression whose columns are `column1` and so on, of parameters row by row. The first
    /// row says the types, which SQLite does not take from parameters.
    pub(super) fn table(&self) -> String {
        let Self { columns, room, .. } = *self;
        let row = |row: usize| {
            let cells = columns.iter().enumerate().map(|(cell, column)| {
                let place = 1 + self.before + row * columns.len() + cell;
                match column {
                    Column::Int if row == 0 => format!("CAST(${place} AS BIGINT)"),
                    Column::Text if row == 0 => format!("CAST(${place} AS TEXT)"),
                    // No name of the type means bytes on both engines.
                    Column::Int | Column::Text | Column::Bytes => format!("${place}"),
                }
            });
            format!("({})", cells.collect::<Vec<_>>().join(", "))
        };
        let rows: Vec<String> = (0..room).map(row).collect();
        format!("(VALUES {})", rows.join(", "))
    }
}

impl Batch {
    /// Adds a statement over so many rows, which stand where it says `{rows}`. `before` of its
    /// parameters, `$1` and on, are bound before the rows.
    pub(crate) fn push_rows(
        &mut self,
        columns: &'static [Column],
        count: Count,
        before: usize,
        sql: &'static str,
    ) -> RowBindings<'_> {
        let Count { rows, room } = count;
        let missing = room.saturating_sub(rows);
        let rows = Some(Rows {
            columns,
            room,
            before,
        });
        self.statements.push(Statement { sql, rows });
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

    pub(crate) fn ints(&mut self, values: &[i64]) -> &mut Self {
        for value in values {
            self.batch.bind(*value);
        }
        self
    }

    pub(crate) fn text(&mut self, value: &str) -> &mut Self {
        self.batch.bind(value.to_owned());
        self
    }

    pub(crate) fn text_opt(&mut self, value: Option<&str>) -> &mut Self {
        self.batch.bind(value.map(str::to_owned));
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
        const COLUMNS: [Column; 3] = [Column::Int, Column::Text, Column::Bytes];
        let table = |columns: &'static [Column], count: Count, before| {
            let room = count.room;
            let rows = Rows {
                columns,
                room,
                before,
            };
            rows.table()
        };
        assert_eq!(
            table(&COLUMNS, Count::of(1), 0),
            "(VALUES (CAST($1 AS BIGINT), CAST($2 AS TEXT), $3))"
        );
        assert_eq!(
            table(&COLUMNS[..2], Count::of(2), 3),
            "(VALUES (CAST($4 AS BIGINT), CAST($5 AS TEXT)), ($6, $7))"
        );
        let four = table(&COLUMNS, Count::of(4), 0);
        assert_eq!(table(&COLUMNS, Count::of(3), 0), four);
        assert_eq!(table(&COLUMNS, Count::within(1, 2, 2), 0), four);
    }
}
