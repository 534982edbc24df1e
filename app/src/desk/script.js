addEventListener('keydown', (event) => {
  const search = document.getElementById('desk-search');
  const isOther = event.key !== '/' || event.ctrlKey || event.altKey || event.metaKey;
  if (!search || isOther || event.target.closest('input, select')) return;
  event.preventDefault();
  search.focus();
  search.select();
});
addEventListener('submit', (event) => {
  const { dataset, method } = event.target;
  if (dataset.sent) event.preventDefault();
  else if (method === 'post') dataset.sent = 'true';
});
addEventListener('pageshow', () => [...document.forms].forEach((form) => delete form.dataset.sent));
