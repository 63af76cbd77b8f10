// Measured beside twin: numbers, and the residual as a bar from the middle.

import { dress, make, say } from './element.js'
import { number } from './format.js'
import { TRUST } from './indicator.js'

export function render({ model, view }) {
  dress(view)
  const { labels } = model
  const rows = model.rows.map(row => pair(row, labels))
  const head = make('tr', {}, make('th', {}, labels.Signal), make('th', { class: 'right' }, labels.Measured),
    make('th', { class: 'right' }, labels.Twin), make('th', { class: 'right' }, labels.Residual), make('th', { style: 'width:26%' }))
  const draw = () => model.tick.forEach(([values, trust], i) => rows[i].show(values, trust))
  model.on('tick', draw)
  draw()
  return make('table', { class: 'plain comparison' }, make('thead', {}, head), make('tbody', {}, ...rows.map(r => r.element)))
}

function pair(row, labels) {
  const cells = [0, 1, 2].map(() => make('td', { class: 'number' }))
  const bar = make('div', { class: 'offset' })
  const element = make('tr', {}, make('td', {}, row.label, ' ', make('span', { class: 'unit' }, row.unit)), ...cells,
    make('td', {}, make('div', { class: 'balance', 'aria-hidden': 'true' }, bar)))
  const show = ([measured, twin, residual], trust) => {
    const absent = trust[1] === TRUST.indexOf('none')
    say(cells[0], number(measured, row.digits))
    say(cells[1], absent ? labels['no twin'] : number(twin, row.digits))
    say(cells[2], residual === null ? '—' : `${residual > 0 ? '+' : ''}${number(residual, row.digits)}`)
    cells.forEach((cell, i) => { cell.className = i && absent ? 'right faint' : `number ${TRUST[trust[i]]}` })
    const share = residual === null ? 0 : Math.max(-1, Math.min(1, residual / (0.25 * Math.max(Math.abs(measured ?? 0), 1e-9))))
    bar.style.left = `${50 + Math.min(0, share) * 50}%`
    bar.style.width = `${Math.abs(share) * 50}%`
  }
  return { element, show }
}
