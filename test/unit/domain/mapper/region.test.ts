import { expect, it } from 'vitest'
import { splitRegion } from '#domain/mapper/region.ts'

it.each([
  ['江苏省 南京市 玄武区', ['江苏省', '南京市', '玄武区']],
  ['江苏省/南京市/玄武区', ['江苏省', '南京市', '玄武区']],
  ['江苏,南京,玄武', ['江苏', '南京', '玄武']],
  ['江苏省南京市玄武区', ['江苏省', '南京市', '玄武区']],
  ['内蒙古自治区呼和浩特市新城区', ['内蒙古自治区', '呼和浩特市', '新城区']],
  ['广东省 东莞市', ['广东省', '东莞市', undefined]],
  ['广东省', ['广东省', undefined, undefined]],
  ['北京', ['北京', undefined, undefined]],
  ['a b c d e f', ['a b c d e f', undefined, undefined]],
])('%s is shared out', (province, [first, second, third]) => {
  const fields = { province }
  splitRegion(fields)
  expect([fields.province, (fields as { city?: string }).city, (fields as { district?: string }).district]).toEqual([
    first,
    second,
    third,
  ])
})

it('what is there already stays', () => {
  const fields = { province: '江苏省 南京市 玄武区', city: '苏州市' }
  splitRegion(fields)
  expect(fields).toEqual({ province: '江苏省', city: '苏州市', district: '玄武区' })
})
