/** One entry an error code: what happened, and what to do next. */
export const errors = {
  unauthorised: {
    title: '上游拒绝了访问（403）',
    action: '签名校验或密钥未通过：请到「账户」核对 API 密钥和 SK；控制台未开签名校验时，SK 应留空。',
  },
  badParameters: {
    title: '上游说参数不对（400）',
    action: '请到「账户」核对密钥、令牌或登录名和密码，再检查所选的时间范围。',
  },
  upstreamRefused: {
    title: '上游没有处理这次请求',
    action: '请看上游的原话；若与账号有关，请到「账户」核对，否则稍后再试。',
  },
  upstreamFault: { title: '上游服务器出错', action: '不是您的问题：请过几分钟再同步，未到的订单会自动补取。' },
  tooFast: { title: '请求过于频繁', action: '同一密钥每秒只能请求一次：请先关掉其他同步程序，稍等再试。' },
  quotaUsed: { title: '今日请求次数已用完', action: '请在北京时间零点后再同步，额度届时恢复。' },
  timeout: { title: '上游没有按时回复', action: '请检查网络后再同步；可在「账户」的高级设置里加长等待时间。' },
  network: { title: '连不上上游', action: '请检查网络或代理，恢复后再按一次「同步」。' },
  tls: {
    title: '上游的安全证书未通过验证',
    action: '为了安全没有发送任何数据：请核对本机时间、代理和接口地址。',
  },
  redirected: {
    title: '上游把请求转到了别的地址',
    action: '为保护密钥没有跟随：请到「账户」的高级设置核对接口地址。',
  },
  notJson: { title: '上游回复的不是订单数据', action: '多半是上游维护页面：请稍后再同步，原始回复已保存。' },
  tooLarge: { title: '上游回复太大', action: '请改用更短的时间范围再同步。' },
  cancelled: { title: '已取消', action: '已取到的订单都在；要继续请再按一次。' },
  accountNotFound: { title: '找不到这个账户', action: '它可能已被移除：请在左下角另选一个账户。' },
  accountLabelTaken: { title: '已有同名账户', action: '请换一个账户名称。' },
  accountIncomplete: { title: '账户信息不完整', action: '请填写 API 密钥，以及令牌，或登录名和密码。' },
  gatewayNotAllowed: { title: '接口地址不可用', action: '请填写以 https:// 开头的地址，或留空使用默认地址。' },
  secretsMissing: {
    title: '这个账户的密钥不在本机',
    action: '密钥只保存到上次退出为止：请到「账户」重新填写后再同步。',
  },
  syncRunning: { title: '这个账户正在同步', action: '请等它结束，或先按「取消」。' },
  orderNotFound: { title: '找不到这条订单', action: '请刷新列表后再打开。' },
  dataFolderInUse: {
    title: '数据文件夹正被另一个窗口使用',
    action: '请关闭另一个号卡订单台后再打开，或换一个数据文件夹。',
  },
  databaseKeyWrong: {
    title: '打不开本机的订单数据',
    action: '密钥与数据不符：请输入恢复码。数据完好，没有被改动。',
  },
  databaseCorrupt: {
    title: '本机的订单数据已损坏',
    action: '损坏的文件已原样保留：请勿删除，重新打开后按时间范围补取订单。',
  },
  databaseNewer: { title: '数据来自更新的版本', action: '请安装最新版的号卡订单台后再打开。' },
  diskFull: { title: '磁盘空间不足', action: '请腾出空间后再试；未保存的订单会自动补取。' },
  diskFailing: { title: '磁盘读写出错', action: '请检查磁盘或网络盘是否正常后再试；未保存的订单会自动补取。' },
  fileNotWritable: {
    title: '文件写不进去',
    action: '请先在 Excel 或 WPS 里关闭该文件，或换一个保存位置。',
  },
  passphraseNeeded: { title: '需要口令', action: '请输入口令解锁；尚未设置的，请先在「设置」里设置。' },
  passphraseWrong: { title: '口令不对', action: '请重新输入；忘记口令时可用恢复码。' },
  recoveryCodeNeeded: {
    title: '需要恢复码',
    action: '系统钥匙串变了，或数据来自另一台电脑：请在窗口里输入恢复码，打开的是同一份数据。',
  },
  recoveryCodeWrong: { title: '恢复码不对', action: '请核对打印件上的每一组字符，大小写和空格不影响。' },
  invalidInput: { title: '填写的内容不合要求', action: '请检查标红的项目后再试。' },
  invalidOutput: { title: '程序内部数据不一致', action: '请重试；若仍出现，请附上日志联系我们。' },
  noSuchRoute: { title: '程序各部分版本不一致', action: '请完全退出后重新打开。' },
  senderNotAllowed: { title: '已拦截不明来源的请求', action: '请完全退出后重新打开。' },
  processGone: { title: '后台程序已停止', action: '已保存的订单都在：请重新打开窗口，未完成的会自动补取。' },
  usage: { title: '命令写法不对', action: '请对照帮助检查参数。' },
  internal: { title: '程序出了意外', action: '请重试；若仍出现，请附上日志联系我们。' },
}
