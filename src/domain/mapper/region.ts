import type { OrderFields } from '../vocabulary.ts'

const separators = /[\s/,，、|>-]+/
const joined =
  /^(.{2,8}?(?:省|自治区|特别行政区)|北京市?|上海市?|天津市?|重庆市?)(.{1,10}?(?:市|自治州|地区|盟))?(.{1,12}?(?:区|县|市|旗))?$/

/** Some systems put "省 市 区" into one field: shares it out among the columns that are still empty. */
export function splitRegion(fields: OrderFields): void {
  const whole = fields.province
  if (whole === undefined || whole.length < 5 || whole.length > 60) return
  const apart = whole.split(separators).filter((part) => part !== '')
  const parts =
    apart.length > 1
      ? apart
      : (joined
          .exec(whole)
          ?.slice(1)
          .filter((part) => part !== undefined) ?? [])
  if (parts.length < 2 || parts.length > 4) return
  const [province, city, district] = parts
  if (province !== undefined) fields.province = province
  if (city !== undefined) fields.city ??= city
  if (district !== undefined) fields.district ??= district
}
