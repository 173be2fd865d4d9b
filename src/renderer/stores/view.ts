import { defineStore } from 'pinia'

export const pages = ['orders', 'sync', 'accounts', 'mapping', 'receiver', 'settings'] as const
export type Page = (typeof pages)[number]

/** Which page is open, and what another page or a key asked of it. View state only. */
export const useView = defineStore('view', {
  state: () => ({
    page: 'orders' as Page,
    /** Opens the Accounts page with a form: a new account's, or that of an account by id. */
    openForm: null as 'new' | string | null,
    shortcutsShown: false,
    vaultAsked: false,
    /** The search field should take the focus as soon as it is there. */
    searchAsked: false,
  }),
  actions: {
    go(page: Page) {
      this.page = page
    },
    editAccount(form: 'new' | string) {
      this.openForm = form
      this.page = 'accounts'
    },
    callSearch() {
      this.page = 'orders'
      this.searchAsked = true
    },
  },
})
