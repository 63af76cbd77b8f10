// Production against target: one bullet bar a row.

import { dress, make, say } from './element.js'
import { number } from './format.js'

export function render({ model, view }) {
  dress(view)
  const { labels, unit } = model
  const rows = model.names.map(([name, detail]) => row(name, detail, labels))
  const head = make('tr', {}, make('th', {}, labels.Production), make('th', { class: 'right' }, labels.Measured, ' ', make('span', { class: 'unit' }, unit)),
    make('th', { class: 'right' }, labels.Target, ' ', make('span', { class: 'unit' }, unit)), make('th', { class: 'right' }, labels.Share), make('th', { style: 'width:34%' }))
  const draw = () => model.tick.forEach((values, i) => rows[i].show(...values))
  model.on('tick', draw)
  draw()
  return make('div', { class: 'production' }, make('table', {}, make('thead', {}, head), make('tbody', {}, ...rows.map(r => r.element))))
}

function row(name, detail, labels) {
  const measured = make('td', { class: 'number' }), target = make('td', { class: 'right' })
  const share = make('td', { class: 'right' }), bar = make('div', { class: 'bar' }), mark = make('div', { class: 'target' })
  const gap = make('span', { class: 'faint gap' })
  const element = make('tr', {}, make('td', {}, make('b', {}, name), name && detail ? ' ' : '', make('span', { class: name ? 'faint' : '' }, detail), gap), measured, target, share,
    make('td', {}, make('div', { class: 'bullet', 'aria-hidden': 'true' }, bar, mark)))
  const show = (value, missing, aim) => {
    const scale = 1.25 * Math.max(aim, 1)
    say(measured, number(value, 1))
    say(target, number(aim, 1))
    say(share, value === null || aim <= 0 ? '—' : `${number(100 * value / aim, 0)} %`)
    say(gap, missing ? ` · ${labels['not measured']}: ${missing}` : '')
    bar.style.width = `${100 * Math.max(0, Math.min(1, (value ?? 0) / scale))}%`
    mark.style.left = `${100 * Math.min(1, aim / scale)}%`
  }
  return { element, show }
}
