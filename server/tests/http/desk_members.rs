//! What staff see of members, and do for them, by REST.

use testkit::{apply, both_engines};

use crate::app::TestApp;
use crate::member::Member;

#[apply(both_engines)]
async fn members_are_listed_a_page_at_a_time(club: Club) {
    let app = TestApp::serve(&club).await;
    let boss = Member::promoted(&app, "boss").await;
    let ann = Member::join(&app, "ann").await;
    let path = "/api/admin/users";
    let listed = boss.get(&format!("{path}?page_size=1&sort=newest")).await.with(200);
    let seen = ["page", "page_size", "total"].map(|name| listed[name].as_i64());
    assert_eq!(seen, [Some(1), Some(1), Some(2)]);
    assert_eq!(listed["items"][0]["id"], ann.id);
    let found = boss.get(&format!("{path}?search=BOS&standing=active&role=owner")).await.with(200);
    assert_eq!(found["items"][0]["site_id"], "boss");
    for (query, field) in [
        ("page=0", "page"),
        ("page=-1", "page"),
        ("page=1000000000", "page"),
        ("page=x", "page"),
        ("page_size=201", "page_size"),
        ("rank=KING", "rank"),
        ("standing=lost", "standing"),
        ("role=god", "role"),
        ("sort=odd", "sort"),
        ("since=yesterday", "since"),
        ("search=a%00b", "search"),
        ("search=a%0ab", "search"),
    ] {
        boss.get(&format!("{path}?{query}")).await.refuses_field(field);
    }
    let long = "a".repeat(10_000);
    boss.get(&format!("{path}?search={long}")).await.refuses_field("search");
    ann.get(path).await.refused(403, "forbidden");
}
