// The alarm list. Rows are kept between updates, so that a selection and the focus survive them.

import { dress, make, say } from './element.js'
import { moment, time } from './format.js'
import { shape } from './shape.js'

export function render({ model, view }) {
  dress(view)
  const { labels } = model
  const chosen = new Set(), filter = { priority: 0, open: false, text: '', aside: false }
  const listed = () => filter.aside ? model.aside : model.alarms
  const body = make('tbody'), said = make('span', { class: 'said', role: 'status' }), empty = make('p', { class: 'faint' })
  const handle = (alarms, [, verb, for_s], comment = '') => alarms.length && model.send_msg({ alarms, verb, for_s, comment })
  const all = checkbox(labels['Select all'], on => { shown().forEach(a => on ? chosen.add(a.id) : chosen.delete(a.id)); draw() })
  const shown = () => listed().filter(a => (!filter.priority || a.priority === filter.priority) && (!filter.open || a.open)
    && `${a.asset} ${a.message}`.toLowerCase().includes(filter.text))
  const rows = new Map()
  const draw = () => {
    const alarms = shown()
    for (const id of chosen) if (!listed().some(a => a.id === id)) chosen.delete(id)
    for (const id of rows.keys()) if (!alarms.some(a => a.id === id)) rows.delete(id)
    for (const a of alarms) {
      const key = JSON.stringify([a, chosen.has(a.id)])
      if (rows.get(a.id)?.key !== key) rows.set(a.id, { key, element: row(a, model, chosen, handle, draw) })
    }
    const wanted = alarms.map(a => rows.get(a.id).element)
    if (wanted.length !== body.children.length || wanted.some((e, i) => e !== body.children[i])) body.replaceChildren(...wanted)
    const none = filter.aside ? labels['Nothing is set aside'] : labels['No active alarms']
    say(empty, alarms.length ? '' : listed().length ? labels['No alarm passes the filter'] : none)
    bar?.count(alarms.length, listed().length)
  }
  const bar = model.is_full ? toolbar(model, filter, chosen, handle, said, () => draw()) : null
  model.on(['alarms', 'aside'], draw)
  model.on('msg:custom', answer => say(said, answer.text))
  const table = make('table', { class: `plain alarms${model.is_full ? ' full' : ''}` }, heading(labels, model.is_full ? all : null), body)
  draw()
  return make('div', {}, ...(bar ? [bar.element] : []), table, empty, ...(bar ? [] : [said]))
}

function heading(labels, all) {
  const cells = [labels.Raised, labels.Asset, labels.Message, labels.Value, labels.Limit, labels.State, labels.Returned, labels.Acknowledged, labels.By, labels.Comment, '']
  const kept = all ? cells : [labels.Raised, labels.Message, '']
  return make('thead', {}, make('tr', {}, ...(all ? [make('th', { class: 'narrow' }, all)] : []), make('th', { class: 'narrow' }, make('span', { class: 'unseen' }, labels.Priority)),
    ...kept.map(text => make('th', { class: text && [labels.Value, labels.Limit].includes(text) ? 'right' : null }, text))))
}

function checkbox(label, act, on = false) {
  const box = make('input', { type: 'checkbox', 'aria-label': label })
  box.checked = on
  box.addEventListener('change', () => act(box.checked))
  return box
}

// What is to be done with an alarm as it stands, of what needs no explanation.
const PLAIN = ['acknowledge', 'reset', 'unshelve', 'return']

function row(a, model, chosen, handle, draw) {
  const { labels } = model
  const full = model.is_full
  const next = model.offered.find(([label, verb]) => PLAIN.includes(verb) && a.todo.includes(label))
  const button = next && make('button', { type: 'button', disabled: model.may ? null : '', title: model.may ? null : labels['Your role only looks'] }, labels[next[0]])
  button?.addEventListener('click', () => handle([a.id], next))
  const pick = checkbox(`${labels.Select} ${a.asset} ${a.message}`, on => { on ? chosen.add(a.id) : chosen.delete(a.id); draw() }, chosen.has(a.id))
  pick.disabled = !model.may
  const cells = [
    ...(full ? [make('td', {}, pick)] : []),
    make('td', { 'aria-label': `${labels.Priority} ${a.priority}` }, shape(a.priority)),
    make('td', { class: 'faint' }, full ? moment(a.raised) : time(a.raised)),
    ...(full ? [make('td', {}, a.href ? make('a', { href: a.href }, make('b', {}, a.asset)) : make('b', {}, a.asset))] : []),
    make('td', { class: 'message' }, a.message),
    ...(full ? [make('td', { class: 'number' }, a.value), make('td', { class: 'right' }, a.limit), make('td', {}, a.until ? `${a.state} → ${moment(a.until)}` : a.state),
      make('td', {}, moment(a.returned, a.raised)), make('td', {}, moment(a.acknowledged, a.raised)), make('td', {}, a.by), make('td', { class: 'remark' }, a.comment)] : []),
    make('td', { class: 'right' }, button ?? (full ? '' : a.state)),
  ]
  return make('tr', { class: a.open ? 'unacknowledged' : null, 'data-id': a.id }, ...cells)
}

function toolbar(model, filter, chosen, handle, said, draw) {
  const { labels } = model
  const tally = make('span', { class: 'faint' })
  const comment = make('input', { type: 'text', placeholder: labels.Comment, 'aria-label': labels.Comment, maxlength: 200, disabled: model.may ? null : '' })
  const deed = make('select', { 'aria-label': labels['Apply to selected'] }, ...model.offered.map(([label], i) => make('option', { value: i }, labels[label])))
  const bulk = make('button', { type: 'button', class: 'strong', disabled: model.may ? null : '' }, labels['Apply to selected'])
  bulk.addEventListener('click', () => { handle([...chosen], model.offered[deed.value], comment.value); comment.value = '' })
  const search = make('input', { type: 'search', placeholder: labels.Search, 'aria-label': labels.Search })
  search.addEventListener('input', () => { filter.text = search.value.toLowerCase(); draw() })
  const priorities = [0, 1, 2, 3, 4].map(priority => {
    const element = make('button', { type: 'button', 'aria-pressed': String(priority === 0), 'aria-label': priority ? `${labels.Priority} ${priority}` : labels.All },
      priority ? shape(priority) : labels.All)
    element.addEventListener('click', () => {
      filter.priority = priority
      priorities.forEach((b, i) => b.setAttribute('aria-pressed', String(i === priority)))
      draw()
    })
    return element
  })
  const open = make('label', {}, checkbox(labels.Unacknowledged, on => { filter.open = on; draw() }), ` ${labels.Unacknowledged}`)
  const aside = make('label', {}, checkbox(labels['Set aside'], on => { filter.aside = on; chosen.clear(); draw() }), ` ${labels['Set aside']}`)
  const element = make('div', { class: 'toolbar' }, make('span', { class: 'choice', role: 'group', 'aria-label': labels.Priority }, ...priorities),
    open, aside, search, tally, make('span', { class: 'gap' }), said, ...(model.may ? [comment, deed, bulk] : [make('span', { class: 'faint' }, labels['Your role only looks'])]))
  return { element, count: (now, all) => say(tally, `${now} / ${all} ${labels.alarms}`) }
}
