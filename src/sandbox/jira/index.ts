export { jiraOperations } from './data-center.ts'
export { createJiraDouble, type JiraDouble, type JiraDoubleOptions } from './double.ts'
export { showWiki } from './show-wiki.ts'
export type { JiraSeed, ProjectSeed } from './world.ts'
