export { createJiraDouble, type JiraDouble, type JiraDoubleOptions } from './double.ts'
export type { JiraSeed, ProjectSeed } from './world.ts'
