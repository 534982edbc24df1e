//! The games, as they are built and as they were played.

use leptos::prelude::*;
use wire::{
    desk::{GameDay, GameFigures},
    play::ExactReturn,
};

use crate::{
    format,
    games::name,
    tr,
    ui::{Card, Column, Table},
    words::I18n,
};

/// What stands where there is nothing to tell.
const NONE: &str = "-";

/// Each game: its exact return, and today above yesterday.
#[component]
pub(super) fn GamesTable(games: Vec<GameFigures>) -> impl IntoView {
    let i18n: I18n = crate::i18n::use_i18n();
    let columns = vec![
        Column::text(tr!(i18n, hands.game)),
        Column::number(tr!(i18n, desk.exact_return)),
        Column::number(tr!(i18n, desk.measured_return)),
        Column::number(tr!(i18n, desk.hands)),
        Column::number(tr!(i18n, desk.staked)),
        Column::number(tr!(i18n, desk.paid)),
    ];
    let rows = games.into_iter().map(|it| {
        let GameFigures {
            game,
            returns,
            today,
            yesterday,
        } = it;
        let cells: [fn(&GameDay) -> String; 4] = [
            measured,
            |day| format::group(day.hands),
            |day| format::group(day.staked.get()),
            |day| format::group(day.paid.get()),
        ];
        let cells = cells.map(|of| cell(of(&today), of(&yesterday)));
        view! {
            <tr data-testid="game-row" data-game=game.as_str()>
                <td>{move || name(i18n.get_locale(), game)}</td>
                <td class="number">{exact(&returns)}</td>
                {cells.into_iter().collect_view()}
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <div class="board-games">
            <Card title=tr!(i18n, desk.games) lead=tr!(i18n, desk.games_text)>
                <Table columns label=tr!(i18n, desk.games)>{rows}</Table>
            </Card>
        </div>
    }
    .into_any()
}

fn cell(today: String, yesterday: String) -> AnyView {
    view! { <td class="number">{today} " " <span class="table-sub">{yesterday}</span></td> }
        .into_any()
}

fn measured(day: &GameDay) -> String {
    let measured = day.measured_return;
    measured.map_or_else(|| NONE.to_owned(), |percent| format!("{percent:.2}%"))
}

/// The exact return, or from which to which where it hangs on the lines.
fn exact(returns: &[ExactReturn]) -> String {
    let mut percents: Vec<String> = returns
        .iter()
        .map(|it| format::percent(it.numerator, it.denominator))
        .collect();
    percents.sort_unstable();
    match (percents.first(), percents.last()) {
        (Some(low), Some(high)) if low == high => low.clone(),
        (Some(low), Some(high)) => format!("{low} - {high}"),
        _ => NONE.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exact_return_is_one_percentage_or_a_range_of_them() {
        let of = |numerator| ExactReturn {
            lines: None,
            numerator,
            denominator: 1_000,
        };
        assert_eq!(exact(&[]), NONE);
        assert_eq!(exact(&[of(970), of(970)]), "97.00%");
        assert_eq!(exact(&[of(951), of(949)]), "94.90% - 95.10%");
        assert_eq!(measured(&GameDay::default()), NONE);
        let played = GameDay {
            measured_return: Some(98.3),
            ..GameDay::default()
        };
        assert_eq!(measured(&played), "98.30%");
    }
}
