import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { faultsOf, formOf, inputOf, newForm } from '#renderer/pages/accounts/form-model.ts'
import AccountsPage from '#renderer/pages/accounts/AccountsPage.vue'
import { useView } from '#renderer/stores/view.ts'
import { account, vault } from './builders.ts'
import { open } from './window.ts'

describe('what the account form sends', () => {
  it('leaves out a secret that was not touched', () => {
    expect(inputOf(formOf(account())).secrets).toEqual({})
  })

  it('sends null for a cleared secret and the text for a typed one', () => {
    const form = formOf(account())
    form.secrets.token = { typed: '', cleared: true }
    form.secrets.sk = { typed: ' s k ', cleared: true }
    expect(inputOf(form).secrets).toEqual({ token: null, sk: ' s k ' })
  })

  it('names the account it changes, and none for a new one', () => {
    expect(inputOf(formOf(account({ id: 'x' }))).id).toBe('x')
    expect(inputOf(newForm())).not.toHaveProperty('id')
  })

  it.each([
    ['nothing', () => undefined, { label: 'missing', key: 'missing', login: 'login' }],
    [
      'a name without a password',
      (form: ReturnType<typeof newForm>) => {
        form.settings.label = 'A'
        form.secrets.key.typed = 'k'
        form.settings.name = 'n'
      },
      { login: 'login' },
    ],
    [
      'a label that is taken, no type and a gateway that is no address',
      (form: ReturnType<typeof newForm>) => {
        form.settings.label = ' Taken '
        form.settings.types = []
        form.settings.gateway = 'api.example'
        form.secrets.key.typed = 'k'
        form.secrets.token.typed = 't'
      },
      { label: 'taken', types: 'missing', gateway: 'address' },
    ],
  ])('finds what stands in the way: %s', (_name, fill, faults) => {
    const form = newForm()
    fill(form)
    expect(faultsOf(form, ['Taken'])).toEqual(faults)
  })

  it('asks again for a required secret that is to be cleared', () => {
    const form = formOf(account())
    form.secrets.key.cleared = true
    expect(faultsOf(form, [])).toEqual({ key: 'missing' })
  })
})

describe('the accounts page', () => {
  afterEach(() => {
    document.body.innerHTML = ''
  })

  async function editing(answers: Parameters<typeof open>[1] = {}) {
    const opened = open(AccountsPage, answers)
    await Promise.all([opened.app.accounts.reload(), opened.app.settings.reload(), opened.app.vault.reload()])
    await flushPromises()
    await opened.page.get('[data-testid=account-edit]').trigger('click')
    return opened
  }

  it('never fills a secret in, and every field is an input that can be filled', async () => {
    const { page } = await editing()
    await page.get('[data-testid=account-advanced]').trigger('click')
    const ids = [
      'label',
      'key',
      'name',
      'password',
      'token',
      'sk',
      'api-url',
      'api-token',
      'api-user',
      'api-pwd',
      'gateway',
    ]
    for (const id of ids) expect(page.get(`[data-testid=account-${id}]`).element.tagName).toBe('INPUT')
    for (const id of ['key', 'password', 'token', 'sk', 'api-token', 'api-pwd']) {
      const input = page.get(`[data-testid=account-${id}]`).element as HTMLInputElement
      expect([input.type, input.value]).toEqual(['password', ''])
    }
  })

  it('saves what was typed and only that, then closes the form', async () => {
    const saved: unknown[] = []
    const { page } = await editing({
      answers: {
        'accounts.save': (input) => {
          saved.push(input)
          return account({ label: input.settings.label })
        },
      },
    })
    await page.get('[data-testid=account-label]').setValue('李四的店')
    await page.get('[data-testid=account-sk]').setValue('new-sk')
    await page.get('form').trigger('submit')
    await flushPromises()
    expect(saved).toEqual([
      expect.objectContaining({
        id: 'a1',
        settings: expect.objectContaining({ label: '李四的店' }),
        secrets: { sk: 'new-sk' },
      }),
    ])
    expect(page.find('[data-testid=account-form]').exists()).toBe(false)
    expect(document.querySelectorAll('[role=dialog]')).toHaveLength(0)
  })

  it('asks for the passphrase that saving needs, and then saves by itself', async () => {
    let locked = true
    const saved: unknown[] = []
    const { page, tell } = await editing({
      answers: {
        'vault.state': () => vault({ needs: 'newPassphrase', protection: 'none', keychainAvailable: false }),
        'accounts.save': (input) => {
          if (locked) throw new AppError('passphraseNeeded')
          saved.push(input.secrets)
          return account()
        },
      },
    })
    await page.get('[data-testid=account-token]').setValue('t2')
    await page.get('form').trigger('submit')
    await flushPromises()
    expect(useView().vaultAsked).toBe(true)
    locked = false
    tell('vault.changed', vault({ protection: 'passphrase' }))
    await flushPromises()
    expect(saved).toEqual([{ token: 't2' }])
  })

  it('says in words what main refused, and keeps the form', async () => {
    const { page } = await editing({
      answers: {
        'accounts.save': () => {
          throw new AppError('gatewayNotAllowed')
        },
      },
    })
    await page.get('form').trigger('submit')
    await flushPromises()
    expect(page.get('[data-testid=account-form]').text()).toContain('接口地址不可用')
  })

  it('names what a removal deletes and how many', async () => {
    const { page } = await editing()
    await page
      .findAll('button')
      .find((button) => button.text() === '取消')
      ?.trigger('click')
    await page
      .findAll('button')
      .find((button) => button.text() === '移除')
      ?.trigger('click')
    await flushPromises()
    expect(document.body.textContent).toContain('删除账户和 5 条订单')
  })
})
