/** One pane at a time, and the bar as a sheet. */
export const isPhone = (): boolean => matchMedia('(max-width: 767px)').matches
