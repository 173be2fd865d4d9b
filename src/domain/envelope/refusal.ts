/** What a refused reply means; each is a code of the app's error table. */
export type ReplyError =
  | 'unauthorised'
  | 'badParameters'
  | 'upstreamFault'
  | 'tooFast'
  | 'quotaUsed'
  | 'upstreamRefused'
  | 'notJson'
  | 'tooLarge'

const tooFast =
  /频繁|过快|太快|过于密集|频率(?:过|超|限|太)|超[出过].{0,4}频率|限流|QPS|每秒.{0,6}(?:次|限)|(?:1|一)\s*秒.{0,6}(?:1|一)?次|请求过多|too (?:many|fast|frequent|often)|rate.?limit|frequency|throttl/i
const quotaUsed =
  /(?:次数|额度|配额|限额|调用量|流量包|套餐量).{0,8}(?:用完|用尽|耗尽|用光|不足|已满|超[出过限]?|达到?|为\s*0)|(?:超[出过]|达到?|已达|到达)(?:了)?.{0,10}(?:上限|每日|今日|当日|当天|次数|限额|额度|配额|日限)|(?:今日|当日|当天|每日|每天).{0,10}(?:上限|用完|超限|已满)|(?:quota|daily limit|limit).{0,12}(?:exceed|reached|exhausted|used)|exceed.{0,16}(?:quota|limit)/i
const credential =
  /密钥|签名|令牌|账号|账户|帐号|用户|密码|口令|权限|授权|登[录陆]|鉴权|认证|身份|白名单|接口未开通|token|\bsign|\bkey\b|api_?key|\bsk\b|password|account|\buser|\bauth|permission|credential|\bip\b/i
const parameters = /参数|缺少|不能为空|必填|格式(?:不|错|有误)|时间范围|param|argument|required|missing|format/i

/** Words that say no. */
const refusal =
  /失败|错误|有误|无效|非法|过期|失效|禁用|禁止|封禁|冻结|停用|维护|升级中|不足|未授权|无权|没有权限|不存在|未开通|不正确|不合法|不匹配|不允许|不支持|不可用|拒绝|拦截|异常|超时|繁忙|稍[后候]再?试|缺少|不能为空|必填|未通过|未登[录陆]|请(?:先)?登[录陆]|请重新登|fail|error|invalid|expired?\b|denied|forbidden|unauthori[sz]ed|disabled|not found|not exist|maintenance|exception|refused|reject|incorrect|wrong|busy|timed? ?out|timeout/i

/** Sentences in which such a word says that nothing went wrong, or counts what is none. */
const harmless =
  /(?:失败|错误|异常|无效|失效|拒绝|fail(?:ed|ures?)?|errors?)(?:数|数量|条数|个数|订单)?\s*[:：=为是]?\s*0(?![\d.])\s*(?:条|个|单|次|笔|件)?|(?:0|零|无|没有|不含|no)\s*(?:条|个|单|次|笔|件)?\s*(?:失败|错误|异常|无效|errors?|failures?)|(?:订单|数据|记录|内容|结果)(?:不存在|为空)|(?:no|0)\s*errors?/gi

const pushed =
  /(?:同步|推送|提交|下发|回调|发送|接收|处理|更新|导入|上传|入库)[^。;；]{0,12}(?:成功|完成|完毕)|成功[^。;；]{0,10}\d+\s*(?:条|个|单|笔|件)|(?:已|共)(?:同步|推送|提交|下发|回调|发送|更新)[^。;；]{0,12}\d*|(?:sync|push|sent|callback)[a-z ]{0,12}(?:success|done|complete|ok)/i
const nothingNew =
  /(?:暂无|没有|无|未查[询到]*到?|未找到|找不到|查无)(?:任何|新的?|更多|可同步的?|需要同步的?|符合条件的?|相关|变动的?|待同步的?|\s)*(?:数据|订单|记录|变动|变化|更新|结果|内容)|(?:订单|数据|记录|内容|结果)(?:不存在|为空)|无需同步|no (?:new |more )?(?:data|orders?|records?|changes?|updates?)|^empty$/i
const plainSuccess = /成功|正常|完成|^(?:ok|success(?:ful(?:ly)?)?|succeed(?:ed)?|done)[.!。！]?$|\bsuccess/i

/** Which refusal the words tell; null where they refuse nothing. `mustRefuse`: a code already said so. */
export function refusalInWords(sentences: readonly string[], mustRefuse = false): ReplyError | null {
  const text = sentences.join(' ').replaceAll(harmless, ' ')
  const refuses = refusal.test(text)
  if (saysTooFast(text, refuses || mustRefuse)) return 'tooFast'
  if (quotaUsed.test(text)) return 'quotaUsed'
  if (!refuses && !mustRefuse) return null
  if (/缺少|不能为空|必填/.test(text) && parameters.test(text)) return 'badParameters'
  if (credential.test(text)) return 'unauthorised'
  if (parameters.test(text)) return 'badParameters'
  return refuses ? 'upstreamRefused' : null
}

/** "请求成功,频率限制1秒1次" is advice, not a refusal. */
function saysTooFast(text: string, refuses: boolean): boolean {
  return tooFast.test(text) && (refuses || !plainSuccess.test(text))
}

/** A sentence about orders that were pushed to the merchant's own address. */
export function saysPushed(sentences: readonly string[]): boolean {
  return sentences.some((text) => pushed.test(text))
}
/** Words for an empty list: 暂无数据. */
export function saysNothingNew(sentences: readonly string[]): boolean {
  return sentences.some((text) => nothingNew.test(text))
}
/** ok, success, 操作成功. */
export function saysSuccess(sentences: readonly string[]): boolean {
  return sentences.some((text) => plainSuccess.test(text))
}
