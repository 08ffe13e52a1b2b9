export { createTeamsDouble, type TeamsDouble, type TeamsSeed } from './double.ts'
