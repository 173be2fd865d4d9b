import { describe, expect, it } from 'vitest'
import { meaningOfWord } from '#domain/status/words.ts'
import type { Meaning } from '#domain/status/meaning.ts'

const production: Record<Exclude<Meaning, 'no'>, string> = {
  submitted: '待支付 已支付 初步审核 待受理 正在进单 进行中 已提交 下单成功 待处理 新订单',
  processing:
    '敏感地区待审核 待审核 待开卡 已领取 开卡中 待发货 审核 客服外呼 已提运营商 审核中 审核通过 生产中 制卡中 等待配送 已审核 待出库 受理中',
  needsMerchant:
    '订单欠费 等待填写身份信息 等待上传照片 证件不合格待重传 待上传证件 证件审核中 待传照片 请重新上传照片 待补充资料 需补传证件',
  failed: '信息审核失败 开卡失败 审核失败 无效废单 审核不通过 已终止 审核未通过 已驳回 生产失败 提交失败 资料不合格',
  shipped: '已发货 已签收 已拒签 待激活 已完成 运输中 派送中 未激活 已妥投 待收货 【已发货】 已 发 货',
  activated: '激活未首充 已激活 激活成功 已入网',
  recharged: '已首充 首充成功 已充值',
  settled: '已结算 结算成功 结算完成',
  settlementFailed: '无法结算 结算失败 不予结算',
  gone: '订单终止 已取消 停销户 已撤单 已失效 已退款 用户取消 已销户 违章停机 已作废 退款成功 交易关闭',
}

describe('a production word', () => {
  const table = Object.entries(production).flatMap(([meaning, words]) =>
    words.match(/【.*】|已 发 货|\S+/g)!.map((word) => [word, meaning] as const),
  )
  it.each(table)('%s means %s', (word, meaning) => {
    expect(meaningOfWord('production', word)).toBe(meaning)
  })

  it.each(['', '   ', '随便写的', 'foo', '0', '550'])('"%s" means nothing that is known', (word) => {
    expect(meaningOfWord('production', word)).toBeNull()
  })
})

describe('a word on an axis of its own', () => {
  it.each([
    ['activation', '已激活', 'activated'],
    ['activation', '未激活', 'no'],
    ['activation', '待激活', 'no'],
    ['activation', '是', 'activated'],
    ['activation', '否', 'no'],
    ['activation', '激活未首充', 'activated'],
    ['activation', '已首充', 'recharged'],
    ['activation', '停机', 'gone'],
    ['activation', '已销户', 'gone'],
    ['activation', '已发货', null],
    ['recharge', '已首充', 'recharged'],
    ['recharge', '已充值', 'recharged'],
    ['recharge', '未首充', 'no'],
    ['recharge', '激活未首充', 'no'],
    ['recharge', '是', 'recharged'],
    ['settlement', '已结算', 'settled'],
    ['settlement', '无法结算', 'settlementFailed'],
    ['settlement', '失败', 'settlementFailed'],
    ['settlement', '待结算', 'no'],
    ['settlement', '结算中', 'no'],
    ['settlement', '未结算', 'no'],
    ['refund', '已退款', 'gone'],
    ['refund', '未退款', 'no'],
    ['refund', '待上传照片', 'needsMerchant'],
    ['refund', '已上传', 'no'],
    ['refund', '无', 'no'],
    ['recharge', '神秘', null],
  ] as const)('%s: %s means %s', (axis, word, meaning) => {
    expect(meaningOfWord(axis, word)).toBe(meaning)
  })
})
