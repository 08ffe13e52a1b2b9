/** What a scope lets an app do, as Slack's own page puts it. */
const words: { readonly [scope: string]: { readonly en: string; readonly fr: string } } = {
  'app_mentions:read': {
    en: 'Read messages that mention it, in conversations that it is in',
    fr: 'Lire les messages qui la mentionnent, là où elle est invitée',
  },
  'assistant:write': {
    en: 'Act as an assistant: prompts and status',
    fr: 'Être un assistant\u202f: suggestions et état',
  },
  'chat:write': { en: 'Post messages as itself', fr: 'Écrire des messages en son nom' },
  'chat:write.customize': {
    en: 'Post messages with another name and icon',
    fr: 'Écrire des messages avec un autre nom et une autre icône',
  },
  commands: { en: 'Add shortcuts and slash commands', fr: 'Ajouter des raccourcis et des commandes' },
  'files:write': { en: 'Upload, edit and delete files as itself', fr: 'Envoyer, modifier et supprimer ses fichiers' },
  'im:history': { en: 'Read direct messages with it', fr: 'Lire les messages directs qu’on lui écrit' },
  'im:write': { en: 'Start direct messages with people', fr: 'Écrire en direct aux personnes' },
  'usergroups:read': {
    en: 'See user groups and who is in them',
    fr: 'Voir les groupes d’utilisateurs et leurs membres',
  },
  'users:read': { en: 'See people in the workspace', fr: 'Voir les personnes de l’espace' },
  'users:read.email': { en: 'See email addresses of people', fr: 'Voir les adresses e-mail des personnes' },
  'channels:history': {
    en: 'Read messages in public channels that it is in',
    fr: 'Lire les messages des canaux publics où elle est',
  },
  'channels:manage': {
    en: 'Create and archive public channels',
    fr: 'Créer et archiver des canaux publics',
  },
  'channels:read': { en: 'See basic information about public channels', fr: 'Voir la liste des canaux publics' },
  'groups:history': {
    en: 'Read messages in private channels that it is in',
    fr: 'Lire les messages des canaux privés où elle est',
  },
  openid: { en: 'Confirm who you are', fr: 'Confirmer qui vous êtes' },
  profile: { en: 'See your name and picture', fr: 'Voir votre nom et votre photo' },
  email: { en: 'See your email address', fr: 'Voir votre adresse e-mail' },
}

/** A scope in words; its own name where there are none. */
export const scopeWords = (scope: string, language: 'en' | 'fr'): string =>
  Object.hasOwn(words, scope) ? (words[scope]?.[language] ?? scope) : scope
