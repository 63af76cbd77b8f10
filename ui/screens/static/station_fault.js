// What is made to fail: searched for by name and words, begun now, later or when something happens; and what is active.

import { make } from './element.js'
import { number } from './format.js'
import { button, field, list, panel } from './station.js'

const MOST = 12 // found malfunctions shown at once

export function faultPanel(model, { ask, drive }) {
  const { labels, language } = model
  const search = make('input', { type: 'search', placeholder: labels.Search, 'aria-label': labels.Search })
  const found = make('ul', { class: 'found' }), form = make('div', { class: 'form' }), active = make('tbody'), planned = make('ul', { class: 'faint' })
  let chosen = null, may = false
  const matching = () => {
    const words = search.value.toLowerCase().split(/\s+/)
    const text = f => [f.name, f.acts_on, ...Object.values(f.title), ...Object.values(f.cause)].join(' ').toLowerCase()
    return (model.catalogue.faults ?? []).filter(f => words.every(word => text(f).includes(word))).slice(0, MOST)
  }
  const show = () => list(found, search.value ? matching().map(f => ({ name: f.name, acts_on: f.acts_on, title: f.title[language], cause: f.cause[language] })) : [], f => {
    const pick = button(`${f.title} · ${f.acts_on}`, () => choose(f))
    pick.title = f.cause
    return make('li', {}, pick)
  })
  const choose = ({ name, acts_on }) => {
    chosen = model.catalogue.faults.find(f => f.name === name && f.acts_on === acts_on)
    search.value = ''
    show()
    form.replaceChildren(...order(chosen, model, { ask, drive }))
  }
  search.addEventListener('input', show)
  const row = m => {
    const wait = make('input', { type: 'text', value: '0s', size: 4, 'aria-label': labels.after })
    const heal = button(labels.Heal, () => drive({ do: 'heal', malfunction: m.malfunction, on: m.on }))
    const send = button(labels['Send somebody'], () => drive({ do: 'heal', malfunction: m.malfunction, on: m.on, after: wait.value }))
    for (const element of [heal, send]) element.disabled = !may
    return make('tr', {}, make('td', {}, make('b', {}, m.malfunction)), make('td', {}, m.on), make('td', { class: 'number' }, m.severity), make('td', { class: 'right' }, heal, ' ', send, ' ', wait))
  }
  const draw = can => {
    may = can
    search.disabled = !may
    const standing = (model.field.malfunctions ?? []).map(m => ({ ...m, may, severity: `${number(100 * m.severity, 0)} %` }))
    list(active, standing.length ? standing : [{ none: true }], m => m.none ? make('tr', {}, make('td', { class: 'faint' }, labels['Nothing is wrong'])) : row(m))
    list(planned, model.drill.plans ?? [], plan => make('li', {}, `${labels.Planned}: ${plan}`))
  }
  return { element: panel(labels.Malfunctions, search, found, form, make('h3', {}, labels.Active), make('table', { class: 'plain' }, active), planned), draw }
}

// The form of one malfunction: where, each of its settings, and what it waits for.
function order(fault, model, { ask, drive }) {
  const { labels, language, catalogue } = model
  const targets = { Instrument: catalogue.tags, Device: catalogue.devices, Link: catalogue.devices }[fault.acts_on] ??
    catalogue.assets.filter(asset => asset.startsWith(`${fault.acts_on}.`))
  const where = make('select', { 'aria-label': labels.Where }, ...targets.map(target => make('option', {}, target)))
  const given = fault.parameters.map(p => {
    const input = p.choices.length ? make('select', {}, make('option', { value: '' }, '—'), ...p.choices.map(c => make('option', {}, c)))
      : make('input', { type: 'text', placeholder: p.default ?? '', size: 8 })
    return { key: key(p), input, label: field(`${p.says[language]}${p.of === 'fraction' ? ' [%]' : p.of === 'time' ? ' [5m, 30s]' : ''}`, input) }
  })
  const trigger = make('select', {}, ...['now', 'when a tag crosses', 'when an act is done'].map(text => make('option', { value: text }, labels[text])))
  const tag = make('input', { type: 'text', list: 'station-tags', placeholder: labels.Tag }), side = make('select', {}, make('option', { value: 'above' }, labels.above), make('option', { value: 'below' }, labels.below))
  const value = make('input', { type: 'text', size: 10, placeholder: '48 Hz' }), act = make('input', { type: 'text', placeholder: labels['Expected acts'] })
  const crossing = make('span', { hidden: '' }, tag, side, value), acting = make('span', { hidden: '' }, act)
  trigger.addEventListener('change', () => { crossing.hidden = trigger.value !== 'when a tag crosses'; acting.hidden = trigger.value !== 'when an act is done' })
  const begin = button(labels.Begin, () => {
    const request = { malfunction: fault.name, ...(targets.length ? { on: where.value } : {}) }
    for (const { key, input } of given) if (input.value !== '') request[key] = isNaN(input.value) ? input.value : Number(input.value)
    if (trigger.value === 'now') { drive({ do: 'malfunction', ...request }); return }
    const [amount, unit] = value.value.trim().split(/\s+/)
    const when = acting.hidden ? { tag: tag.value, [unit ? `${side.value}_${unit}` : side.value]: Number(amount) } : { act: act.value }
    ask('plan', { request, when })
  }, true)
  const tags = make('datalist', { id: 'station-tags' }, ...catalogue.tags.map(name => make('option', { value: name })))
  return [make('h3', {}, `${fault.title[language]} · ${fault.acts_on}`), make('p', { class: 'faint' }, fault.cause[language]), field(labels.Where, where), ...given.map(g => g.label),
    field(labels.Trigger, trigger), crossing, acting, tags, begin]
}

// Shares are asked for in per cent; what has a unit of its own is written with it in the key, by whoever knows it, else in SI.
function key(parameter) {
  return parameter.of === 'fraction' ? `${parameter.name}_pct` : parameter.name
}
