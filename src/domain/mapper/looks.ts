import { readTime, type ReadTime } from './times.ts'

/** What values look like: each is the share (0 to 1) of a path's samples that have that look. */
export interface Looks {
  count: number
  phone: number
  idNumber: number
  iccid: number
  time: number
  formattedTime: number
  number: number
  smallCode: number
  idLike: number
  han: number
  person: number
  product: number
  courier: number
  courierCode: number
  tracking: number
  province: number
  city: number
  district: number
  street: number
  statusWord: number
  /** Distinct samples by their count. */
  distinct: number
  averageLength: number
}

const provinces =
  '北京|天津|河北|山西|内蒙古|辽宁|吉林|黑龙江|上海|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|重庆|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆|台湾|香港|澳门'
const provinceName = new RegExp(
  `^(?:${provinces})(?:省|市|自治区|壮族自治区|回族自治区|维吾尔自治区|特别行政区)?(?:[\\s,/-].*)?$`,
)
const surname =
  /^[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤欧温章施赖殷康葛柳童古尚安易代游宁甘季梅]/
const person =
  /^(?:\p{Script=Han}{2,4}|\p{Script=Han}{1,6}·\p{Script=Han}{1,6}|\p{Script=Han}?[*＊某]{1,3}\p{Script=Han}?|[A-Za-z]+(?: [A-Za-z]+){1,2})$/u
const businessWord =
  /卡|套餐|流量|公司|快递|物流|系统|渠道|省|市|区|县|激活|审核|发货|状态|联通|移动|电信|广电|成功|失败|店/
const phone = /^(?:\+?86[- ]?)?1[3-9][\d*xX]{9}$/
const courierName = /顺丰|京东|圆通|中通|申通|韵达|极兔|邮政|EMS|德邦|百世|天天|快递|速递|速运|物流|丰网|跨越/i
const courierCode =
  /^(?:SF|JD|YTO?|ZTO?|STO?|YD|YUNDA|JT|JTSD|EMS|YZPY|DB|DBL|HTKY|shunfeng|jd|yuantong|zhongtong|shentong|yunda|jtexpress|youzhengguonei|ems|debangwuliu|[a-z]+(?:express|wuliu))$/i
const tracking =
  /^(?:(?:SF|JD[A-Z]{0,3}|YT|ZTO|STO|JT|YD|DPK|DB|E[A-Z]|KY|HT|TT|LB)\d{8,18}[A-Z]{0,2}|[7-9]\d{11,14}|4\d{12,14}|3\d{12,14})$/i
const product = /元|流量|套餐|\d\s*[GM]B?\b|G\b|卡|月租|通用|定向|联通|移动|电信|广电|分钟/i
const status =
  /审核|开卡|发货|签收|激活|取消|失败|终止|支付|提交|待|成功|完成|首充|结算|退款|处理中|进行中|受理|撤单|停机|销户|驳回|上传|照片/

const tests: Record<
  Exclude<keyof Looks, 'count' | 'distinct' | 'averageLength'>,
  (text: string, time: ReadTime) => boolean
> = {
  phone: (text) => phone.test(text),
  idNumber: isIdNumber,
  iccid: (text) => /^89[\dA-Za-z*]{16,18}$/.test(text),
  time: (text, time) => time(text) !== null || /^0+(?:-0+-0+)?(?: 0+:0+:0+)?$/.test(text),
  formattedTime: (text, time) => /[-/年:]/.test(text) && time(text) !== null,
  number: (text) => /^[￥¥]?[+-]?\d+(?:\.\d+)?元?$/.test(text),
  smallCode: (text) => /^(?:-?\d{1,4}|true|false)$/.test(text),
  idLike: (text) => /^[\w-]{1,64}$/.test(text) && /\d/.test(text),
  han: (text) => /\p{Script=Han}/u.test(text),
  person: (text) =>
    person.test(text) &&
    !businessWord.test(text) &&
    (!/^\p{Script=Han}/u.test(text) || surname.test(text) || /·/.test(text) || [...text].length === 3),
  product: (text) => product.test(text) && text.length >= 3,
  courier: (text) => courierName.test(text),
  courierCode: (text) => courierCode.test(text),
  tracking: (text) => tracking.test(text) && !phone.test(text),
  province: (text) => provinceName.test(text),
  city: (text) => /^\p{Script=Han}{1,10}(?:市|自治州|地区|盟|州)$/u.test(text),
  district: (text) => /^\p{Script=Han}{1,12}(?:区|县|市|旗|镇|乡|街道)$/u.test(text),
  street: (text) =>
    text.length >= 5 &&
    /路|街|号|村|镇|小区|室|栋|楼|乡|组|苑|花园|广场|大道|\*/.test(text) &&
    /\p{Script=Han}/u.test(text),
  statusWord: (text) => text.length <= 20 && status.test(text),
}

/** With a birthday where ID numbers have one, so that an order number of 18 digits is none. Stars may hide any part. */
function isIdNumber(text: string): boolean {
  if (!/^[1-9*](?:[\d*]{13}|[\d*]{16})[\dXx*]$/.test(text) || /^\*+$/.test(text)) return false
  const birthday = text.length === 18 ? text.slice(6, 14) : `19${text.slice(6, 12)}`
  return (
    /^(?:19|20|\*.|.\*)/.test(birthday) && between(birthday.slice(4, 6), 1, 12) && between(birthday.slice(6, 8), 1, 31)
  )
}

function between(text: string, least: number, most: number): boolean {
  return text.includes('*') || (Number(text) >= least && Number(text) <= most)
}

/** The looks of samples; all 0 where there are none. */
export function looksOf(samples: readonly string[], time: ReadTime = readTime): Looks {
  const count = samples.length
  const share = (test: (text: string, time: ReadTime) => boolean): number =>
    count === 0 ? 0 : samples.filter((text) => test(text, time)).length / count
  const shares = Object.fromEntries(Object.entries(tests).map(([look, test]) => [look, share(test)]))
  return {
    ...(shares as Record<keyof typeof tests, number>),
    count,
    distinct: count === 0 ? 0 : new Set(samples).size / count,
    averageLength: count === 0 ? 0 : samples.reduce((sum, text) => sum + text.length, 0) / count,
  }
}
