export const errors = {
  unauthorised: {
    title: 'The upstream refused access (403)',
    action:
      'The signature or key was not accepted: check the API key and SK under Accounts. Leave SK empty if signature check is off in the console.',
  },
  badParameters: {
    title: 'The upstream says a parameter is wrong (400)',
    action: 'Check key, token or login and password under Accounts, then the chosen date range.',
  },
  upstreamRefused: {
    title: 'The upstream did not handle this request',
    action:
      'Read what the upstream said. If it is about the account, check it under Accounts; otherwise try again later.',
  },
  upstreamFault: {
    title: 'The upstream server failed',
    action:
      'This is not your fault: sync again in a few minutes. Orders that did not arrive are fetched by themselves.',
  },
  tooFast: {
    title: 'Too many requests',
    action: 'A key may ask once a second: stop other sync programs first, then try again shortly.',
  },
  quotaUsed: {
    title: "Today's calls are used up",
    action: 'Sync again after midnight Beijing time, when the quota returns.',
  },
  timeout: {
    title: 'The upstream did not answer in time',
    action: 'Check the network and sync again; the waiting time can be raised under Accounts, advanced.',
  },
  network: {
    title: 'The upstream cannot be reached',
    action: 'Check the network or proxy, then press Sync again.',
  },
  tls: {
    title: "The upstream's certificate could not be verified",
    action: "Nothing was sent, for safety: check this PC's clock, the proxy and the API address.",
  },
  redirected: {
    title: 'The upstream pointed to another address',
    action: 'It was not followed, to protect your key: check the API address under Accounts, advanced.',
  },
  notJson: {
    title: 'The upstream did not answer with order data',
    action: 'Probably a maintenance page: sync again later. The original reply is kept.',
  },
  tooLarge: { title: 'The reply is too large', action: 'Sync a shorter date range.' },
  replyCapped: {
    title: 'The upstream does not hand out all orders of this time',
    action: 'The dates were narrowed as far as possible: ask the upstream to raise its limit per reply.',
  },
  cancelled: { title: 'Cancelled', action: 'What was already fetched is kept; press again to go on.' },
  accountNotFound: {
    title: 'This account does not exist',
    action: 'It may have been removed: choose another account at the bottom left.',
  },
  accountLabelTaken: { title: 'An account of this name exists', action: 'Choose another account name.' },
  accountIncomplete: {
    title: 'The account is incomplete',
    action: 'Fill in the API key, and either the token or login and password.',
  },
  gatewayNotAllowed: {
    title: 'This API address cannot be used',
    action: 'Enter an address that begins with https://, or leave it empty for the default.',
  },
  secretsMissing: {
    title: "This account's keys are not on this PC",
    action: 'They were kept only until the last exit: enter them again under Accounts, then sync.',
  },
  syncRunning: { title: 'This account is syncing', action: 'Wait until it ends, or press Cancel first.' },
  mappingInvalid: {
    title: 'This mapping cannot be used',
    action: 'Correct the named place and try again. The mapping in use has not changed.',
  },
  rerunRunning: {
    title: 'Orders are being rebuilt by the mapping',
    action: 'Wait for it to finish, or cancel it and start again.',
  },
  viewNotFound: { title: 'View not found', action: 'It may have been deleted: choose another view on the left.' },
  viewNameTaken: { title: 'A view of that name exists', action: 'Choose another name.' },
  tooManyViews: {
    title: 'No room for more views',
    action: 'At most {most} views are kept: delete one you no longer need.',
  },
  orderNotFound: { title: 'This order was not found', action: 'Reload the list and open it again.' },
  receiverNotConfirmed: {
    title: 'Opening to the network needs your confirmation',
    action: "Read the warning and confirm it, then other devices can reach the receiver's port.",
  },
  receiverOff: { title: 'The receiver is off', action: 'Switch the receiver on, then try again.' },
  portTaken: { title: 'Port {port} is in use', action: 'Choose another port, or close the program that uses it.' },
  portNotAllowed: { title: 'The system does not allow port {port}', action: 'Choose another port above 1024.' },
  dataFolderInUse: {
    title: 'The data folder is used by another window',
    action: 'Close the other Haoka Desk and open again, or choose another data folder.',
  },
  databaseKeyWrong: {
    title: "This PC's order data cannot be opened",
    action: 'The key does not fit the data: enter the recovery code. The data is intact and unchanged.',
  },
  databaseCorrupt: {
    title: "This PC's order data is damaged",
    action: 'The damaged file is kept as it is: do not delete it. Open again and fetch orders by date range.',
  },
  databaseNewer: {
    title: 'The data comes from a newer version',
    action: 'Install the newest Haoka Desk and open again.',
  },
  notABackup: {
    title: 'This is not a backup of Haoka Desk',
    action: 'Choose a file that Haoka Desk wrote as a backup; your present data is unchanged.',
  },
  backupDamaged: {
    title: 'This backup is damaged',
    action: 'Choose an older one; your present data is unchanged.',
  },
  restoreOffered: {
    title: 'The order data was damaged and set aside',
    action: 'Nothing was deleted: restore the backup under Settings, Backups. What came later is fetched by itself.',
  },
  backupRunning: {
    title: 'A backup, check or restore is under way',
    action: 'Wait until it has ended, then try again.',
  },
  diskFull: {
    title: 'The disk is full',
    action: 'Free some space and try again; orders not saved are fetched by themselves.',
  },
  diskFailing: {
    title: 'The disk fails to read or write',
    action: 'Check the disk or network drive and try again; orders not saved are fetched by themselves.',
  },
  fileNotWritable: {
    title: 'The file cannot be written',
    action: 'Close it in Excel or WPS first, or save it somewhere else.',
  },
  fileInUse: {
    title: 'The file is open in another program',
    action: 'Close it in Excel or WPS and export again, or save under another name. The old file is untouched.',
  },
  folderGone: {
    title: 'The folder to save in is not there any more',
    action: 'Plug the drive in again, or choose another folder.',
  },
  passphraseNeeded: {
    title: 'The passphrase is needed',
    action: 'Enter it to unlock; if there is none yet, set one under Settings.',
  },
  passphraseWrong: {
    title: 'Wrong passphrase',
    action: 'Enter it again; if you forgot it, use the recovery code.',
  },
  recoveryCodeNeeded: {
    title: 'The recovery code is needed',
    action:
      "The system's keychain changed, or the data comes from another PC: enter the recovery code in the window; it opens the same data.",
  },
  recoveryCodeWrong: {
    title: 'Wrong recovery code',
    action: 'Compare every group with your printout; case and spaces do not matter.',
  },
  invalidInput: { title: 'Something entered is not valid', action: 'Check the fields marked red and try again.' },
  invalidOutput: {
    title: 'The program disagrees with itself',
    action: 'Try again; if it stays, send us the log.',
  },
  noSuchRoute: {
    title: 'Parts of the program are of different versions',
    action: 'Quit completely and open again.',
  },
  senderNotAllowed: {
    title: 'A request from an unknown sender was blocked',
    action: 'Quit completely and open again.',
  },
  processGone: {
    title: 'A background part has stopped',
    action: 'Saved orders are safe: open the window again; what was unfinished is fetched by itself.',
  },
  usage: { title: 'The command is not right', action: 'Compare the arguments with the help.' },
  internal: { title: 'Something unexpected happened', action: 'Try again; if it stays, send us the log.' },
}
