import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import type { Annotation, AnnotationChange } from '#shared/contract/annotations.ts'
import { AppError } from '#shared/errors.ts'
import { createWords } from '#renderer/i18n/create-words.ts'
import { joinChanges, suggestionsFor, tagsIn, withChange } from '#renderer/order/annotation-change.ts'
import FlagPicker from '#renderer/order/FlagPicker.vue'
import TagField from '#renderer/order/TagField.vue'
import { noteWaitMs, useAnnotation } from '#renderer/order/use-annotation.ts'

const none: Annotation = { note: '', tags: [], flag: null }

describe('two changes as one', () => {
  it.each<[AnnotationChange, AnnotationChange, AnnotationChange]>([
    [{ note: '一' }, { note: '二' }, { note: '二' }],
    [{ note: '一' }, { flag: null }, { note: '一', flag: null }],
    [{ addTags: ['甲'] }, { addTags: ['乙'] }, { addTags: ['甲', '乙'] }],
    [
      { addTags: ['甲'], removeTags: [] },
      { addTags: [], removeTags: ['甲'] },
      { addTags: [], removeTags: ['甲'] },
    ],
    [
      { removeTags: ['甲'], addTags: [] },
      { removeTags: [], addTags: ['甲'] },
      { removeTags: [], addTags: ['甲'] },
    ],
  ])('%o and then %o is %o', (first, later, both) => {
    expect(joinChanges(first, later)).toEqual(both)
    const start: Annotation = { note: '旧', tags: ['甲', '丙'], flag: 'red' }
    expect(withChange(start, joinChanges(first, later)).tags.toSorted()).toEqual(
      withChange(withChange(start, first), later).tags.toSorted(),
    )
  })
})

describe('tags as typed', () => {
  it.each([
    [' 加急 ', ['加急']],
    ['加急，回访、补卡;改址', ['加急', '回访', '补卡', '改址']],
    [' , ，', []],
    ['长'.repeat(25), []],
  ])('%j are %o', (typed, tags) => {
    expect(tagsIn(typed)).toEqual(tags)
  })

  it('are suggested from those in use: what begins so first, nothing that is there already', () => {
    const inUse = ['要回访', '回访', '回访过', '加急'].map((tag) => ({ tag }))
    expect(suggestionsFor('回访', inUse, ['回访过'])).toEqual(['回访', '要回访'])
    expect(suggestionsFor('', inUse, [])).toEqual(['要回访', '回访', '回访过', '加急'])
  })
})

describe('the editor of an annotation', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  function start() {
    const sent: { id: number; change: AnnotationChange; answer: PromiseWithResolvers<Annotation> }[] = []
    const scope = effectScope(true)
    const editor = scope.run(() =>
      useAnnotation((id, change) => {
        const answer = Promise.withResolvers<Annotation>()
        sent.push({ id, change, answer })
        return answer.promise
      }),
    )!
    editor.take(1, none)
    return { sent, editor, scope }
  }
  const settle = () => vi.advanceTimersByTimeAsync(0)

  it('shows at once what is typed, and writes it when typing pauses', async () => {
    const { sent, editor } = start()
    editor.setNote('已')
    editor.setNote('已电话')
    expect(editor.shown.value?.note).toBe('已电话')
    expect(sent).toHaveLength(0)
    await vi.advanceTimersByTimeAsync(noteWaitMs)
    expect(sent.map(({ id, change }) => [id, change])).toEqual([[1, { note: '已电话' }]])
    expect(editor.state.value).toBe('saving')
    sent[0]?.answer.resolve({ ...none, note: '已电话' })
    await settle()
    expect(editor.state.value).toBe('saved')
  })

  it('sends one write after the other, each with what has come together meanwhile', async () => {
    const { sent, editor } = start()
    editor.addTag('甲')
    editor.addTag('乙')
    editor.removeTag('乙')
    editor.setFlag('red')
    expect(editor.shown.value).toEqual({ note: '', tags: ['甲'], flag: 'red' })
    expect(sent).toHaveLength(1)
    sent[0]?.answer.resolve({ ...none, tags: ['甲'] })
    await settle()
    expect(sent[1]?.change).toEqual({ addTags: [], removeTags: ['乙'], flag: 'red' })
  })

  it('never lets what is read overwrite what is being typed', async () => {
    const { editor } = start()
    editor.setNote('正在写')
    editor.take(1, { note: '旧的', tags: ['别处加的'], flag: null })
    expect(editor.shown.value).toEqual({ note: '正在写', tags: ['别处加的'], flag: null })
  })

  it('writes what waits when another order is shown, and when it is closed', () => {
    const { sent, editor, scope } = start()
    editor.setNote('第一单')
    editor.take(2, none)
    expect(sent.map(({ id, change }) => [id, change.note])).toEqual([[1, '第一单']])
    expect(editor.shown.value?.note).toBe('')
    editor.setNote('第二单')
    scope.stop()
    expect(sent.map(({ id, change }) => [id, change.note])).toEqual([
      [1, '第一单'],
      [2, '第二单'],
    ])
  })

  it('keeps on the page what could not be written, and tries again', async () => {
    const { sent, editor } = start()
    editor.setNote('重要')
    editor.flush()
    sent[0]?.answer.reject(new AppError('diskFull'))
    await settle()
    expect([editor.state.value, editor.error.value?.code, editor.shown.value?.note]).toEqual([
      'failed',
      'diskFull',
      '重要',
    ])
    editor.flush()
    sent[1]?.answer.resolve({ ...none, note: '重要' })
    await settle()
    expect([editor.state.value, editor.error.value]).toEqual(['saved', null])
  })
})

describe('the field for tags', () => {
  const open = (tags: string[] = []) =>
    mount(TagField, {
      global: { plugins: [createWords()] },
      props: { tags, inUse: ['加急', '回访'].map((tag) => ({ tag, orders: 1 })) },
    })

  it('takes what is typed by Enter and by a comma, and what is chosen by the arrows', async () => {
    const field = open()
    const input = field.get('input')
    await input.trigger('focus')
    await input.setValue('新的')
    await input.trigger('keydown', { key: 'Enter' })
    await input.setValue('甲，乙，')
    await input.setValue('回')
    await input.trigger('keydown', { key: 'ArrowDown' })
    expect(input.attributes('aria-activedescendant')).toBeDefined()
    await input.trigger('keydown', { key: 'Enter' })
    expect(field.emitted('add')).toEqual([['新的'], ['甲'], ['乙'], ['回访']])
  })

  it('takes the last one off by Backspace in an empty field, and leaves Enter of an input method alone', async () => {
    const field = open(['甲', '乙'])
    await field.get('input').trigger('keydown', { key: 'Backspace' })
    await field.get('input').trigger('keydown', { key: 'Enter', isComposing: true })
    expect(field.emitted('remove')).toEqual([['乙']])
    expect(field.emitted('add')).toBeUndefined()
  })
})

it('a flag that is pressed again is taken away', async () => {
  const picker = mount(FlagPicker, { global: { plugins: [createWords()] }, props: { flag: 'green' } })
  await picker.get('[data-testid=flag-red]').trigger('click')
  await picker.get('[data-testid=flag-green]').trigger('click')
  expect(picker.emitted('choose')).toEqual([['red'], [null]])
  expect(picker.get('[data-testid=flag-green]').attributes('aria-pressed')).toBe('true')
})
