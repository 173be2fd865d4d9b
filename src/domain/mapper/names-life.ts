import type { NameTable } from './column.ts'

/** Names of the five axes and of their times and amounts. A code in one field and its words in another is common. */
export const lifeNames: NameTable = {
  production: {
    strong: `status orderstatus orderstate statusname statusname statustext statustxt statusdesc statusmsg statusstr
      statuscn statuslabel statuszh statusinfo orderstatusname orderstatustext orderstatusstr orderstatusdesc statename statetext statedesc
      订单状态 状态 状态名称 生产状态 开卡状态 dingdanzhuangtai zhuangtai ddzt`,
    fair: 'state upstatus upstatusname upstate upstreamstatus upstreamstatusname 上游订单状态 上游状态 订单进度 进度 zt',
    weak: 'progress stage step auditstatus',
  },
  activation: {
    strong: `isactivated activestatus isactive cardstatus activestate activated activationstatus isactivate activatestatus
      activatedstatus activestatusname activestatustext cardstatusname isactivatedtext 激活状态 是否激活 号卡状态 卡状态
      入网状态 jihuozhuangtai shifoujihuo jhzt sfjh`,
    fair: 'active activate activation jhstatus isjihuo 激活',
    weak: '',
  },
  recharge: {
    strong: `isrecharged isrecharge isfirstcharge isfirstrecharge firstrechargestatus firstchargestatus rechargestatus
      rechargestatusname isfirstrecharged firstrechargestate 首充状态 是否首充 充值状态 首冲状态 shouchongzhuangtai
      shifoushouchong sczt sfsc`,
    fair: 'recharged rechargestate 首充',
    weak: '',
  },
  settlement: {
    strong: `settlestatus issettled settledtext settlementstatus settledstatus settlestate settlestatusname jsstatus
      settlementstatusname issettle settlementstate 结算状态 是否结算 佣金状态 返佣状态 jiesuanzhuangtai shifoujiesuan
      jszt sfjs`,
    fair: 'settled commissionstatus 结算',
    weak: '',
  },
  refund: {
    strong: `refundstatus refundstate isrefund refundstatusname photostatus picstatus needphoto isneedphoto uploadstatus
      photostate idphotostatus needupload 退款状态 是否退款 照片状态 证件照状态 上传状态 tuikuanzhuangtai
      zhaopianzhuangtai tkzt zpzt`,
    fair: 'refund paystatus isphoto refunded isuploadphoto 退款',
    weak: 'payment',
  },
  activatedAt: {
    strong: `activatedat activetime activateat activeat activatetime activationtime activatedtime activedate activatedate
      jhtime 激活时间 入网时间 激活日期 开通时间 jihuoshijian ruwangshijian jhsj rwsj`,
    fair: 'activedtime activedat opentime activateddate',
    weak: '',
  },
  rechargedAt: {
    strong: `rechargedat firstrechargeat rechargetime firstrechargetime firstchargetime rechargeat rechargedtime
      firstchargeat 首充时间 充值时间 首冲时间 首充日期 shouchongshijian chongzhishijian scsj czsj`,
    fair: 'rechargedate firstrechargedate',
    weak: '',
  },
  rechargeAmount: {
    strong: `rechargeamount firstcharge firstrecharge firstrechargemoney firstrechargeamount firstchargemoney
      firstchargeamount rechargemoney rechargedamount 首充金额 充值金额 首冲金额 shouchongjine chongzhijine scje czje`,
    fair: 'recharge recharges firstpay',
    weak: '',
  },
  commission: {
    strong: `commission commissionamount commissionmoney settlereward settleamount settlemoney settlementamount brokerage
      佣金 佣金金额 结算金额 返佣金额 结算佣金 金额 订单金额 yongjin yongjinjine jiesuanjine dingdanjine jsje yjje`,
    fair: 'reward amount orderamount agentmoney profit 奖励 jine yj je',
    weak: '',
  },
  settledAt: {
    strong: `settleat settledat settletime settledtime settlementtime settlementat jstime 结算时间 结算日期 返佣时间
      jiesuanshijian jssj`,
    fair: 'settledate settlementdate settlemonth 结算月份 结算月',
    weak: '',
  },
  settlementRule: {
    strong: `settlementmethod settlementrule settlerule settletype settlementtype jstype 结算规则 结算方式 结算类型
      佣金规则 jiesuanguize jiesuanfangshi jsgz jsfs`,
    fair: 'commissionrule rule 规则',
    weak: '',
  },
}
