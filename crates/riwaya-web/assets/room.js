// Keys: / goes to the search field, j and k to the next and former row. Everything works without this file.
(() => {
  const rows = () => [...document.querySelectorAll('[data-row]')];
  const step = (by) => {
    const all = rows();
    if (!all.length) return;
    const at = all.findIndex((row) => row.contains(document.activeElement));
    const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by))];
    const link = next.querySelector('a') || next;
    if (link === next) next.tabIndex = -1;
    link.focus();
    next.scrollIntoView({ block: 'nearest' });
  };
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input,textarea,select')) return;
    if (event.key === '/') {
      const field = document.getElementById('q');
      if (field) { event.preventDefault(); field.focus(); field.select(); }
    } else if (event.key === 'j') step(1);
    else if (event.key === 'k') step(-1);
  });
})();
