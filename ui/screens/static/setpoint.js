// Setpoints: nothing is sent before it has been asked back with its reason; the answer stays until the next.

import { dress, make, say } from './element.js'
import { number } from './format.js'
import { TRUST } from './indicator.js'

export function render({ model, view }) {
  dress(view)
  const { labels } = model
  const answer = make('div', { class: 'answer', role: 'status' })
  const ask = confirmation(model, answer)
  const rows = model.rows.map((row, i) => setpoint(row, model, i, ask))
  const drive = make('div', { class: 'drive' }, make('span', { class: 'label' }, labels.Drive),
    ...model.commands.map(([tag, name]) => button(`${name}…`, model, () => ask({ tag, value: 1, title: name }))))
  const lost = make('p', { class: 'lost-device', role: 'status' })
  const buttons = [...drive.querySelectorAll('button')]
  const draw = () => {
    const [values, trust, arrives] = model.tick
    rows.forEach((row, i) => row.show(values, trust, model.may && arrives[i]))
    buttons.forEach((element, i) => { element.disabled = !model.may || !arrives[rows.length + i] })
    say(lost, arrives.every(Boolean) ? '' : labels['The device does not answer'])
  }
  model.on('tick', draw)
  draw()
  const parts = [lost, ...rows.map(row => row.element), drive, answer, ask.dialog]
  if (!model.may) parts.unshift(make('p', { class: 'faint' }, labels['Your role only looks']))
  return make('div', { class: 'setpoints' }, ...parts)
}

function button(text, model, act) {
  const element = make('button', { type: 'button', disabled: model.may ? null : '' }, text)
  element.addEventListener('click', act)
  return element
}

function setpoint(row, model, i, ask) {
  const { labels } = model
  const stands = make('span', { class: 'number' }), actual = make('span', { class: 'number' })
  const [low, high] = row.limits
  const input = make('input', { type: 'number', min: low, max: high, step: 'any', inputmode: 'decimal',
    'aria-label': `${row.label}, ${labels['Set to']}`, disabled: model.may ? null : '' })
  const set = button(labels['Set…'], model, () => {
    if (input.value === '' || !input.reportValidity()) { input.focus(); return }
    const value = Number(input.value)
    ask({ tag: row.tag, value, title: row.label, from: `${stands.textContent} ${row.unit}`, to: `${number(value, row.digits)} ${row.unit}` })
  })
  const element = make('div', { class: 'setpoint' },
    make('div', { class: 'what' }, make('b', {}, row.label), make('span', { class: 'faint' }, `${labels.allowed} ${number(low, 0)}–${number(high, 0)} ${row.unit}`)),
    make('div', {}, make('span', { class: 'faint' }, labels.Setpoint), stands, make('span', { class: 'unit' }, row.unit)),
    make('div', {}, make('span', { class: 'faint' }, labels.Actual), actual, make('span', { class: 'unit' }, row.unit)), input, set)
  const show = (values, trust, may) => {
    input.disabled = set.disabled = !may
    ;[stands, actual].forEach((cell, k) => {
      say(cell, number(values[2 * i + k], row.digits))
      cell.className = `number ${TRUST[trust[2 * i + k]]}`
    })
  }
  return { element, show }
}

function confirmation(model, answer) {
  const { labels } = model
  const title = make('h3', { id: 'confirm-title' }), what = make('p', { class: 'change' })
  const reason = make('input', { type: 'text', required: '', maxlength: 200, 'aria-label': labels.Reason, placeholder: labels['A reason is needed'] })
  const cancel = make('button', { type: 'button' }, labels.Cancel)
  const form = make('form', { method: 'dialog' }, title, what, make('label', {}, make('span', {}, labels.Reason), reason),
    make('div', { class: 'buttons' }, cancel, make('button', { type: 'submit', class: 'strong' }, labels.Confirm)))
  const dialog = make('dialog', { 'aria-labelledby': 'confirm-title' }, form)
  let asked = null, waiting = null
  cancel.addEventListener('click', () => dialog.close())
  form.addEventListener('submit', event => {
    event.preventDefault()
    dialog.close()
    waiting = crypto.randomUUID()
    tell(answer, 'waiting', `${asked.title}: ${labels['sending…']}`)
    model.send_msg({ id: waiting, tag: asked.tag, value: asked.value, reason: reason.value })
  })
  model.on('msg:custom', said => {
    if (said.id === waiting) tell(answer, said.outcome, `${asked.title}: ${said.text}`)
  })
  const ask = request => {
    asked = request
    say(title, `${model.asset} · ${request.title}`)
    what.replaceChildren(...(request.to ? [make('span', {}, labels.now, ' ', make('b', {}, request.from)), ' → ', make('span', {}, labels.new, ' ', make('b', {}, request.to))] : [request.title]))
    reason.value = ''
    dialog.showModal()
    reason.focus()
  }
  ask.dialog = dialog
  return ask
}

function tell(answer, outcome, text) {
  answer.className = `answer ${outcome}`
  say(answer, text)
}
