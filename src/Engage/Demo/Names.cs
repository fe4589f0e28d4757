namespace Engagement.Engage.Demo;

/// <summary>Invented people: common surnames and given names, with pinyin for the English screens.</summary>
internal static class Names
{
    private static readonly (string Zh, string En)[] Surnames =
    [
        ("王", "Wang"), ("李", "Li"), ("张", "Zhang"), ("刘", "Liu"), ("陈", "Chen"), ("杨", "Yang"), ("黄", "Huang"), ("赵", "Zhao"),
        ("吴", "Wu"), ("周", "Zhou"), ("徐", "Xu"), ("孙", "Sun"), ("马", "Ma"), ("朱", "Zhu"), ("胡", "Hu"), ("郭", "Guo"),
        ("何", "He"), ("林", "Lin"), ("高", "Gao"), ("罗", "Luo"), ("郑", "Zheng"), ("梁", "Liang"), ("谢", "Xie"), ("宋", "Song"),
        ("唐", "Tang"), ("许", "Xu"), ("邓", "Deng"), ("冯", "Feng"), ("韩", "Han"), ("曹", "Cao"), ("曾", "Zeng"), ("彭", "Peng"),
    ];

    private static readonly (string Zh, string En)[] Given =
    [
        ("伟", "Wei"), ("芳", "Fang"), ("敏", "Min"), ("静", "Jing"), ("丽", "Li"), ("强", "Qiang"), ("磊", "Lei"), ("洋", "Yang"),
        ("艳", "Yan"), ("勇", "Yong"), ("军", "Jun"), ("杰", "Jie"), ("娟", "Juan"), ("涛", "Tao"), ("明", "Ming"), ("超", "Chao"),
        ("霞", "Xia"), ("平", "Ping"), ("刚", "Gang"), ("建国", "Jianguo"), ("志强", "Zhiqiang"), ("秀英", "Xiuying"), ("桂兰", "Guilan"),
        ("晓燕", "Xiaoyan"), ("海涛", "Haitao"), ("文博", "Wenbo"), ("雨欣", "Yuxin"), ("子涵", "Zihan"), ("嘉怡", "Jiayi"), ("俊杰", "Junjie"),
        ("思远", "Siyuan"), ("美玲", "Meiling"), ("国华", "Guohua"), ("淑珍", "Shuzhen"), ("天宇", "Tianyu"), ("慧敏", "Huimin"),
    ];

    /// <returns>The name in Chinese, and in pinyin with the surname last.</returns>
    public static (string Zh, string En) Of(Dice dice)
    {
        var (surname, given) = (dice.Pick(Surnames), dice.Pick(Given));
        return (surname.Zh + given.Zh, $"{given.En} {surname.En}");
    }
}
