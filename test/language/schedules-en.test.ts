import { describe } from 'vitest'
import { orderNothing, run, understands } from './understands.ts'

describe('schedules said in English', () => {
  understands('en', [
    [
      'every weekday at 8am send the daily report',
      'schedule',
      { cron: '0 8 * * 1-5', run: run('report', { period: 'daily' }, 'en') },
    ],
    [
      'every monday at 9am create a weekly report in Notion',
      'schedule',
      { cron: '0 9 * * 1', run: run('report', { period: 'weekly', destination: 'notion' }, 'en') },
    ],
    [
      'every monday at 9 create a weekly report in Notion',
      'schedule',
      { cron: '0 9 * * 1', run: run('report', { period: 'weekly', destination: 'notion' }, 'en') },
    ],
    [
      'every Monday and Thursday at 9:30 restart billing',
      'schedule',
      { cron: '30 9 * * 1,4', run: run('restart', { service: 'billing' }, 'en') },
    ],
    [
      'every day at 6pm back up client-Z',
      'schedule',
      { cron: '0 18 * * *', run: run('backup', { target: 'client-Z' }, 'en') },
    ],
    [
      'every day at 18:30 back up client-Z',
      'schedule',
      { cron: '30 18 * * *', run: run('backup', { target: 'client-Z' }, 'en') },
    ],
    [
      'every day at noon status of billing',
      'schedule',
      { cron: '0 12 * * *', run: run('status', { service: 'billing' }, 'en') },
    ],
    [
      'every day at midnight back up client-Z',
      'schedule',
      { cron: '0 0 * * *', run: run('backup', { target: 'client-Z' }, 'en') },
    ],
    [
      'every night at 2am back up client-Z',
      'schedule',
      { cron: '0 2 * * *', run: run('backup', { target: 'client-Z' }, 'en') },
    ],
    ['every hour status billing', 'schedule', { cron: '0 * * * *', run: run('status', { service: 'billing' }, 'en') }],
    [
      'every 15 minutes status billing',
      'schedule',
      { cron: '*/15 * * * *', run: run('status', { service: 'billing' }, 'en') },
    ],
    [
      'every 2 hours status billing',
      'schedule',
      { cron: '0 */2 * * *', run: run('status', { service: 'billing' }, 'en') },
    ],
    [
      'every 5 min status billing',
      'schedule',
      { cron: '*/5 * * * *', run: run('status', { service: 'billing' }, 'en') },
    ],
    [
      'every weekend at 10am back up client-Z',
      'schedule',
      { cron: '0 10 * * 0,6', run: run('backup', { target: 'client-Z' }, 'en') },
    ],
    ['every weekday at 8:15am status', 'schedule', { cron: '15 8 * * 1-5', run: run('status', {}, 'en') }],
    ['weekdays at 8am status', 'schedule', { cron: '0 8 * * 1-5', run: run('status', {}, 'en') }],
    ['on weekdays at 8am status', 'schedule', { cron: '0 8 * * 1-5', run: run('status', {}, 'en') }],
    [
      'on mondays at 9am weekly report',
      'schedule',
      { cron: '0 9 * * 1', run: run('report', { period: 'weekly' }, 'en') },
    ],
    ['mondays at 9am weekly report', 'schedule', { cron: '0 9 * * 1', run: run('report', { period: 'weekly' }, 'en') }],
    [
      'monday at 9am weekly report',
      'schedule',
      { run: run('report', { period: 'weekly' }, 'en') },
      { missing: ['cron'] },
    ],
    [
      'at 9am every monday weekly report',
      'schedule',
      { cron: '0 9 * * 1', run: run('report', { period: 'weekly' }, 'en') },
    ],
    [
      'on the 1st of every month at 7am monthly report',
      'schedule',
      { cron: '0 7 1 * *', run: run('report', { period: 'monthly' }, 'en') },
    ],
    [
      'on the 15th of the month at 7am monthly report',
      'schedule',
      { cron: '0 7 15 * *', run: run('report', { period: 'monthly' }, 'en') },
    ],
    [
      'every month on the 1st at 7am monthly report',
      'schedule',
      { cron: '0 7 1 * *', run: run('report', { period: 'monthly' }, 'en') },
    ],
    [
      'every 1st of the month at 7am monthly report',
      'schedule',
      { cron: '0 7 1 * *', run: run('report', { period: 'monthly' }, 'en') },
    ],
    [
      'the first of the month at 7am monthly report',
      'schedule',
      { cron: '0 7 1 * *', run: run('report', { period: 'monthly' }, 'en') },
    ],
    [
      'every week on monday at 9am weekly report',
      'schedule',
      { cron: '0 9 * * 1', run: run('report', { period: 'weekly' }, 'en') },
    ],
    [
      'every sunday at 11:45 pm back up client-Z',
      'schedule',
      { cron: '45 23 * * 0', run: run('backup', { target: 'client-Z' }, 'en') },
    ],
    [
      'daily at 9am status billing',
      'schedule',
      { cron: '0 9 * * *', run: run('status', { service: 'billing' }, 'en') },
    ],
    [
      'weekly on monday at 9am create weekly report',
      'schedule',
      { cron: '0 9 * * 1', run: run('report', { period: 'weekly' }, 'en') },
    ],
    [
      'back up client-Z every day at 3am',
      'schedule',
      { cron: '0 3 * * *', run: run('backup', { target: 'client-Z' }, 'en') },
    ],
    [
      'restart billing every sunday at 4am',
      'schedule',
      { cron: '0 4 * * 0', run: run('restart', { service: 'billing' }, 'en') },
    ],
    [
      'restart billing in prod every sunday at 4am please',
      'schedule',
      { cron: '0 4 * * 0', run: run('restart', { service: 'billing', environment: 'production' }, 'en') },
    ],
    [
      'scale billing to 5 every weekday at 8am',
      'schedule',
      { cron: '0 8 * * 1-5', run: run('scale', { service: 'billing', replicas: 5 }, 'en') },
    ],
    [
      'scale billing to 2 every weekday at 8pm',
      'schedule',
      { cron: '0 20 * * 1-5', run: run('scale', { service: 'billing', replicas: 2 }, 'en') },
    ],
    [
      'schedule a backup of client-Z every day at 3am',
      'schedule',
      { cron: '0 3 * * *', run: run('backup', { target: 'client-Z' }, 'en') },
    ],
    [
      'schedule backup of client-Z at 3am daily',
      'schedule',
      { cron: '0 3 * * *', run: run('backup', { target: 'client-Z' }, 'en') },
    ],
    [
      'every friday at 5pm deploy user-api to prod',
      'schedule',
      { cron: '0 17 * * 5', run: run('deploy', { service: 'user-api', environment: 'production' }, 'en') },
    ],
    [
      'every day at 3am and 3pm back up client-Z',
      'schedule',
      { cron: '0 3,15 * * *', run: run('backup', { target: 'client-Z' }, 'en') },
    ],
    ['every other day at 9am status', 'schedule', { run: run('status', {}, 'en') }, { missing: ['cron'] }],
    ['every 3 days at 9am status', 'schedule', { run: run('status', {}, 'en') }, { missing: ['cron'] }],
    [
      'every monday weekly report',
      'schedule',
      { run: run('report', { period: 'weekly' }, 'en') },
      { missing: ['cron'] },
    ],
    [
      'every minute status billing',
      'schedule',
      { cron: '* * * * *', run: run('status', { service: 'billing' }, 'en') },
    ],
    ['my schedules', 'schedule.list'],
    ['list schedules', 'schedule.list'],
    ['show scheduled tasks', 'schedule.list'],
    ['cancel schedule 3', 'schedule.cancel', { id: '3' }],
    ['delete schedule #3', 'schedule.cancel', { id: '3' }],
    ['stop schedule 3', 'schedule.cancel', { id: '3' }],
    [
      'every mondy at 9am create a weekly report',
      'schedule',
      { cron: '0 9 * * 1', run: run('report', { period: 'weekly' }, 'en') },
      { corrections: [['mondy', 'monday']] },
    ],
    [
      'every day @ 9am status billing',
      'schedule',
      { cron: '0 9 * * *', run: run('status', { service: 'billing' }, 'en') },
    ],
    ['every tue at 9am status', 'schedule', { cron: '0 9 * * 2', run: run('status', {}, 'en') }],
  ])
  orderNothing([
    'every quarter monthly report',
    'every hour at :15 status',
    'twice a day status billing',
    'every 10 seconds status billing',
    'every monday at 25h weekly report',
    "every monday at 9am don't deploy",
    'every monday at 9am',
    'we deploy every friday at 5pm',
    'the backup runs every day at 3am',
    'what is scheduled?',
  ])
})
