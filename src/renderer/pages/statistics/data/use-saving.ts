import { ElMessage } from 'element-plus'
import { h, ref, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { StatisticsQuery } from '#shared/contract/statistics.ts'
import type { Api } from '../../../api/api.ts'

const shownMs = 8_000

/** Saving what the page shows; main asks where. `tell`: what went wrong, in words. */
export function useSaving(api: Api, tell: (thrown: unknown) => void) {
  const { t } = useI18n()
  const saving: Ref<boolean> = ref(false)

  async function save(write: () => Promise<{ file: string | null }>): Promise<void> {
    saving.value = true
    try {
      const { file } = await write()
      if (file !== null) told(file)
    } catch (thrown) {
      tell(thrown)
    } finally {
      saving.value = false
    }
  }

  function told(file: string): void {
    const name = file.split(/[\\/]/).at(-1) ?? file
    const open = (): void => void api.call('statistics.showLast', {}).catch(tell)
    const message = h('span', [
      `${t('statistics.save.done', { file: name })}  `,
      h('button', { type: 'button', class: 'link', onClick: open }, t('statistics.save.openFolder')),
    ])
    ElMessage({ type: 'success', message, duration: shownMs, placement: 'bottom', offset: 56 })
  }

  return {
    saving,
    figures: (query: StatisticsQuery) => save(() => api.call('statistics.saveFigures', query)),
    picture: (accountId: string, draw: () => Promise<Uint8Array<ArrayBuffer>>) =>
      save(async () => api.call('statistics.savePicture', { accountId, png: await draw() })),
  }
}
