/** Provinces, cities and districts by their real names, and streets and estates that are made up. */
export interface Place {
  province: string
  city: string
  districts: readonly [string, ...string[]]
}

export const places: readonly [Place, ...Place[]] = [
  { province: '广东省', city: '广州市', districts: ['天河区', '白云区', '番禺区'] },
  { province: '广东省', city: '深圳市', districts: ['南山区', '宝安区', '龙岗区'] },
  { province: '浙江省', city: '杭州市', districts: ['西湖区', '余杭区', '萧山区'] },
  { province: '江苏省', city: '苏州市', districts: ['吴中区', '昆山市', '虎丘区'] },
  { province: '山东省', city: '青岛市', districts: ['市南区', '黄岛区', '城阳区'] },
  { province: '河南省', city: '郑州市', districts: ['金水区', '中原区', '新郑市'] },
  { province: '四川省', city: '成都市', districts: ['武侯区', '双流区', '郫都区'] },
  { province: '湖北省', city: '武汉市', districts: ['洪山区', '江夏区', '武昌区'] },
  { province: '湖南省', city: '长沙市', districts: ['岳麓区', '雨花区', '长沙县'] },
  { province: '福建省', city: '泉州市', districts: ['丰泽区', '晋江市', '石狮市'] },
  { province: '安徽省', city: '合肥市', districts: ['蜀山区', '包河区', '肥西县'] },
  { province: '河北省', city: '石家庄市', districts: ['长安区', '裕华区', '正定县'] },
  { province: '陕西省', city: '西安市', districts: ['雁塔区', '未央区', '长安区'] },
  { province: '辽宁省', city: '沈阳市', districts: ['和平区', '铁西区', '浑南区'] },
  { province: '广西壮族自治区', city: '南宁市', districts: ['青秀区', '西乡塘区', '武鸣区'] },
  { province: '内蒙古自治区', city: '呼和浩特市', districts: ['赛罕区', '新城区', '土默特左旗'] },
  { province: '北京市', city: '北京市', districts: ['朝阳区', '海淀区', '通州区'] },
  { province: '上海市', city: '上海市', districts: ['浦东新区', '闵行区', '松江区'] },
]

export const streets: readonly [string, ...string[]] = [
  '练习一路',
  '练习二路',
  '样例大道',
  '演示中路',
  '虚构街',
  '假想巷',
  '沙盘路',
  '模拟东街',
]

export const estates: readonly [string, ...string[]] = [
  '样例花园',
  '演示公寓',
  '模拟家园',
  '沙盘新村',
  '假想学院宿舍',
  '虚构工业园',
  '练习小区',
]
