/** How long the data of a tenant that uninstalled NOX is kept, in days. */
export const purgeDays = 30
/** Its admins are told again this long before, in days. */
export const remindDays = 7
