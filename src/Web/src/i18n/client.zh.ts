/** Words of a client's own page, in Chinese. They are loaded with the page. `client.en.ts` has the same shape. */
export const clientZh = {
  unknown: (id: string) => `没有客户 ${id}，或他不在您的服务范围内`,
  gone: (time: string) => `授权已结束 ${time}`,
  rights: '您的角色不能查看客户资料。',
  now: '现状', course: '经过与决策',
  back: '返回',
  earlier: '更早的',
  shown: (count: number) => `已列 ${count} 条`,
  beginning: '以上为全部',
  columns: { at: '时间', what: '经过', campaign: '活动', trigger: '触发', outcome: '结果', because: '依据' },
  triggers: { enter: (segment: string) => `进入${segment}`, leave: (segment: string) => `离开${segment}`, event: (name: string) => name, every: '每日定时' },
  typeNames: { 'trade.executed': '成交', 'cash.moved': '资金进出' } as Record<string, string>,
  outcomes: {
    raised: '已提示', quiet: '免打扰时段，开窗时再问', blocked: '未提示：账户状态不是正常', rollout: '未提示：不在试点范围', condition: '未提示：附加条件不成立',
    consent: '未提示：客户未同意该渠道或自动服务', suitability: '未提示：产品风险高于客户，或测评无效', holdout: '未提示：属于长期留白组', control: '未提示：属于实验对照组',
    cooldown: '未提示：同一活动的冷却期未过', cap: '未提示：已达客户当期上限', desk: '未提示：其工作台不接此活动，或无人可办',
  } as Record<string, string>,
  erase: {
    open: '删除个人信息…', title: '删除个人信息', all: '姓名、电话、生日将永久删除，密钥销毁后无法恢复；交易、决策与审计记录保留，只留编号。',
    type: (id: string) => `请输入客户编号 ${id} 以确认`, do: '永久删除', done: (time: string) => `个人信息已于 ${time} 删除`,
    failed: '没有删除，请重试', refused: '您不能删除该客户的个人信息',
  },
};

export type ClientWords = typeof clientZh;
