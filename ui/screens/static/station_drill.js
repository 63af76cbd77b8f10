// The drill that runs: chosen and begun, its acts ticking themselves, and its score when it is over.

import { make, say } from './element.js'
import { number } from './format.js'
import { button, field, list, panel } from './station.js'
import { span } from './station_time.js'

export function drillPanel(model, { ask }) {
  const { labels, language } = model
  const which = make('select', { 'aria-label': labels.Drill }), player = make('input', { type: 'text', value: 'trainee', maxlength: 100 }), from = make('select', {})
  const start = button(labels['Start drill'], () => ask('start', { drill: which.value, player: player.value, moment: from.value || null }), true)
  const stop = button(labels['Stop drill'], () => ask('stop', {}))
  const text = make('input', { type: 'text', maxlength: 500, 'aria-label': labels['Message to the trainee'] })
  const send = button(labels.Send, () => { if (text.value) ask('message', { text: text.value }, () => { text.value = '' }) })
  const state = make('p', { class: 'big' }), acts = make('tbody'), wrong = make('ul', { class: 'wrong' }), score = make('div')
  const draw = may => {
    const drill = model.drill.drill, running = Boolean(drill?.acts)
    list(which, model.catalogue.drills ?? [], d => make('option', { value: d.name }, d.title[language]))
    list(from, [{ name: '' }, ...(model.moments.moments ?? []).filter(m => !m.is_ring)], m => make('option', { value: m.name }, m.name || labels.now))
    for (const element of [which, player, from, start]) element.disabled = !may || running
    stop.disabled = !may || !running
    text.disabled = send.disabled = !may
    say(state, !drill ? labels['No drill is running'] : running
      ? `${drill.title[language]} · ${drill.player} · ${span(drill.time_s)} / ${span(drill.length_s)}` : `${drill.drill} · ${labels[drill.state]} ${drill.why}`)
    list(acts, running ? [...drill.events.map(e => ({ ...e, is_event: true })), ...drill.acts] : [], a => make('tr', {},
      make('td', { class: 'tick' }, a.done_s === null ? '○' : '●'), make('td', { class: a.is_event ? 'faint' : null }, a.says ? a.says[language] : a.name),
      make('td', { class: 'right' }, a.done_s === null ? '' : span(a.done_s)), make('td', {}, a.is_late ? labels.Late : '')))
    const told = running ? [...drill.wrong.map(w => `${labels['Wrong acts']}: ${w.name} (${span(w.at_s)})`),
      ...drill.limits.filter(l => l.outside_s > 0).map(l => `${l.says[language]}: ${span(l.outside_s)}`),
      ...(drill.answer ? [`${labels.Diagnosis}: ${drill.answer[0]} (${labels.Truth}: ${drill.truth})`] : [])] : []
    list(wrong, told, line => make('li', {}, line))
    list(score, drill && !running ? [drill.score ? { points: drill.score.points, lost: drill.score.deductions, id: drill.id } : { none: true }] : [], s => s.none
      ? make('p', { class: 'faint' }, labels['the expert still plays']) : make('div', {}, make('p', { class: 'big' }, `${number(s.points, 1)} ${labels.points}`),
        make('ul', {}, ...s.lost.map(d => make('li', {}, `−${number(d.points, 1)} ${d.kind}: ${d.subject}, ${d.detail}`)))))
  }
  return { element: panel(labels.Drill, state, make('div', { class: 'buttons' }, field(labels.Drill, which), field(labels.Trainee, player), field(labels.From, from), start, stop),
    make('h3', {}, labels['Expected acts']), make('table', { class: 'plain' }, acts), wrong, score, make('div', { class: 'buttons' }, field(labels['Message to the trainee'], text), send)), draw }
}
