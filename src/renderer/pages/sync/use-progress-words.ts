import { useI18n } from 'vue-i18n'
import type { SyncProgress } from '#shared/contract/sync.ts'
import { useMomentWords } from '../../components/use-moment-words.ts'
import { progressShare } from './progress-share.ts'

/** A sync under way, in words. */
export function useProgressWords() {
  const { t } = useI18n()
  const { span } = useMomentWords()

  function phase(progress: SyncProgress | null): string {
    if (progress === null) return t('sync.phase.starting')
    return t('sync.phase.line', { type: t(`columns.types.${progress.type}`), phase: t(`sync.phase.${progress.phase}`) })
  }

  /** For the status bar. */
  function short(progress: SyncProgress | null): string {
    if (progress === null || progress.received === 0) return phase(progress)
    return t('sync.phase.short', { phase: phase(progress), received: progress.received })
  }

  /** Time left where it can be told. */
  function left(progress: SyncProgress | null): string {
    return progress?.leftMs ? t('sync.left', { span: span(Math.max(progress.leftMs, 1_000)) }) : ''
  }

  return { phase, short, left, share: progressShare }
}
