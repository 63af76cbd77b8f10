// The alarm list. Rows are kept between updates, so that a selection and the focus survive them.

import { dress, make, say } from './element.js'
import { moment, time } from './format.js'
import { shape } from './shape.js'

export function render({ model, view }) {
  dress(view)
  const { labels } = model
  const chosen = new Set(), filter = { priority: 0, open: false, text: '' }
  const body = make('tbody'), said = make('span', { class: 'said', role: 'status' }), empty = make('p', { class: 'faint' })
  const acknowledge = (alarms, comment = '') => alarms.length && model.send_msg({ alarms, comment })
  const all = checkbox(labels['Select all'], on => { shown().forEach(a => a.open && (on ? chosen.add(a.id) : chosen.delete(a.id))); draw() })
  const shown = () => model.alarms.filter(a => (!filter.priority || a.priority === filter.priority) && (!filter.open || a.open)
    && `${a.asset} ${a.message}`.toLowerCase().includes(filter.text))
  const rows = new Map()
  const draw = () => {
    const alarms = shown()
    for (const id of chosen) if (!model.alarms.some(a => a.id === id && a.open)) chosen.delete(id)
    for (const id of rows.keys()) if (!alarms.some(a => a.id === id)) rows.delete(id)
    for (const a of alarms) {
      const key = JSON.stringify([a, chosen.has(a.id)])
      if (rows.get(a.id)?.key !== key) rows.set(a.id, { key, element: row(a, model, chosen, acknowledge, draw) })
    }
    const wanted = alarms.map(a => rows.get(a.id).element)
    if (wanted.length !== body.children.length || wanted.some((e, i) => e !== body.children[i])) body.replaceChildren(...wanted)
    say(empty, alarms.length ? '' : model.alarms.length ? labels['No alarm passes the filter'] : labels['No active alarms'])
    bar?.count(alarms.length, model.alarms.length)
  }
  const bar = model.is_full ? toolbar(model, filter, chosen, acknowledge, said, () => draw()) : null
  model.on('alarms', draw)
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

function row(a, model, chosen, acknowledge, draw) {
  const { labels } = model
  const full = model.is_full
  const button = make('button', { type: 'button', disabled: model.may ? null : '', title: model.may ? null : labels['Log in to operate'] }, labels.Acknowledge)
  button.addEventListener('click', () => acknowledge([a.id]))
  const pick = checkbox(`${labels.Select} ${a.asset} ${a.message}`, on => { on ? chosen.add(a.id) : chosen.delete(a.id); draw() }, chosen.has(a.id))
  pick.disabled = !a.open || !model.may
  const cells = [
    ...(full ? [make('td', {}, pick)] : []),
    make('td', { 'aria-label': `${labels.Priority} ${a.priority}` }, shape(a.priority)),
    make('td', { class: 'faint' }, full ? moment(a.raised) : time(a.raised)),
    ...(full ? [make('td', {}, a.href ? make('a', { href: a.href }, make('b', {}, a.asset)) : make('b', {}, a.asset))] : []),
    make('td', { class: 'message' }, a.message),
    ...(full ? [make('td', { class: 'number' }, a.value), make('td', { class: 'right' }, a.limit), make('td', {}, a.state),
      make('td', {}, moment(a.returned, a.raised)), make('td', {}, moment(a.acknowledged, a.raised)), make('td', {}, a.by), make('td', { class: 'remark' }, a.comment)] : []),
    make('td', { class: 'right' }, a.open ? button : full ? '' : a.state),
  ]
  return make('tr', { class: a.open ? 'unacknowledged' : null, 'data-id': a.id }, ...cells)
}

function toolbar(model, filter, chosen, acknowledge, said, draw) {
  const { labels } = model
  const tally = make('span', { class: 'faint' })
  const comment = make('input', { type: 'text', placeholder: labels.Comment, 'aria-label': labels.Comment, maxlength: 200, disabled: model.may ? null : '' })
  const bulk = make('button', { type: 'button', class: 'strong', disabled: model.may ? null : '' }, labels['Acknowledge selected'])
  bulk.addEventListener('click', () => { acknowledge([...chosen], comment.value); comment.value = '' })
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
  const element = make('div', { class: 'toolbar' }, make('span', { class: 'choice', role: 'group', 'aria-label': labels.Priority }, ...priorities),
    open, search, tally, make('span', { class: 'gap' }), said, ...(model.may ? [comment, bulk] : [make('span', { class: 'faint' }, labels['Log in to operate'])]))
  return { element, count: (now, all) => say(tally, `${now} / ${all} ${labels.alarms}`) }
}
