import type { Connector } from '../../capabilities/connectors.ts'
import { checkNotion, notionSettings } from './settings.ts'

/** Notion, as an internal integration sees it: the pages that people shared with it. */
export const notion: Connector = {
  vendor: 'notion',
  capabilities: ['pages'],
  settings: notionSettings,
  check: checkNotion,
  async open(connection, tools) {
    const { openNotion } = await import('./open.ts')
    return openNotion(connection, tools)
  },
}
