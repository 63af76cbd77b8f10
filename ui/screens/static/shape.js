// Alarm priorities: always shape and number beside colour.

const SHAPES = {
  1: '<rect x="1" y="1" width="14" height="14"',
  2: '<polygon points="8,0.5 15.7,15 0.3,15"',
  3: '<polygon points="8,15.5 15.7,1 0.3,1"',
  4: '<circle cx="8" cy="8" r="7.3"',
}
const BASELINE = { 1: 11.6, 2: 13.4, 3: 9.4, 4: 11.6 }

export function shape(priority, unacknowledged = false) {
  const holder = document.createElement('template')
  holder.innerHTML = `<svg class="shape p${priority}${unacknowledged ? ' unacknowledged' : ''}" viewBox="0 0 16 16" aria-hidden="true">`
    + `${SHAPES[priority]} fill="var(--priority-${priority})" stroke="#303030" stroke-width="1"/>`
    + `<text x="8" y="${BASELINE[priority]}">${priority}</text></svg>`
  return holder.content.firstChild
}
