import { defineStore } from 'pinia'

/** In the side bar's order, which is that of Ctrl+1, Ctrl+2, …: what is opened all day comes first. */
export const pages = ['orders', 'changes', 'statistics', 'sync', 'accounts', 'settings', 'mapping', 'receiver'] as const
export type Page = (typeof pages)[number]

/** Which page is open, and what another page or a key asked of it. View state only. */
export const useView = defineStore('view', {
  state: () => ({
    page: 'orders' as Page,
    /** Opens the Accounts page with a form: a new account's, or that of an account by id. */
    openForm: null as 'new' | string | null,
    shortcutsShown: false,
    vaultAsked: false,
    exportAsked: false,
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
