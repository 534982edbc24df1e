// Every page of the club. A page that is added to `app/src/club.rs` or `app/src/desk/app.rs` is added to the list, which the
// HTTP tests read too.

import list from './places.json';

interface Place {
  name: string;
  path: string;
  /** Who sees it like this. */
  who: 'visitor' | 'member' | 'owner';
  status: number;
}

const places = list as Place[];

/** The pages as a visitor, a member or an owner of the club sees them. */
export function placesOf(who: Place['who']): Place[] {
  return places.filter((place) => place.who === who);
}
