// Every page of the club. A page that is added to `app/src/club.rs` is added here.

interface Place {
  name: string;
  path: string;
  /** Who sees it like this. */
  who: 'visitor' | 'member';
  status: number;
}

const places: Place[] = [
  { name: 'front', path: '/', who: 'visitor', status: 200 },
  { name: 'sign-in', path: '/login', who: 'visitor', status: 200 },
  { name: 'sign-up', path: '/signup', who: 'visitor', status: 200 },
  { name: 'games-from-outside', path: '/games', who: 'visitor', status: 200 },
  { name: 'slot-from-outside', path: '/games/slot', who: 'visitor', status: 200 },
  { name: 'rps-from-outside', path: '/games/rps', who: 'visitor', status: 200 },
  { name: 'gacha-from-outside', path: '/games/gacha', who: 'visitor', status: 200 },
  { name: 'crash-from-outside', path: '/games/crash', who: 'visitor', status: 200 },
  { name: 'shop-from-outside', path: '/shop?category=packages', who: 'visitor', status: 200 },
  { name: 'missing', path: '/no/such/room', who: 'visitor', status: 404 },
  { name: 'home', path: '/', who: 'member', status: 200 },
  { name: 'games', path: '/games', who: 'member', status: 200 },
  { name: 'slot', path: '/games/slot', who: 'member', status: 200 },
  { name: 'rps', path: '/games/rps', who: 'member', status: 200 },
  { name: 'gacha', path: '/games/gacha', who: 'member', status: 200 },
  { name: 'crash', path: '/games/crash', who: 'member', status: 200 },
  { name: 'shop', path: '/shop', who: 'member', status: 200 },
  { name: 'shop-items', path: '/shop?category=items', who: 'member', status: 200 },
  { name: 'shop-packages', path: '/shop?category=packages', who: 'member', status: 200 },
  { name: 'checkout', path: '/shop/checkout?product_id=tokens_5500&currency=USD', who: 'member', status: 200 },
  { name: 'receipts', path: '/receipts', who: 'member', status: 200 },
  { name: 'inventory', path: '/inventory', who: 'member', status: 200 },
  { name: 'profile', path: '/profile', who: 'member', status: 200 },
  { name: 'leaderboard', path: '/leaderboard', who: 'member', status: 200 },
  { name: 'notifications', path: '/notifications', who: 'member', status: 200 },
  { name: 'fairness', path: '/fairness', who: 'member', status: 200 },
];

/** The pages as a visitor or a member sees them. */
export function placesOf(who: Place['who']): Place[] {
  return places.filter((place) => place.who === who);
}
