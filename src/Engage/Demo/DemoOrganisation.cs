using System.Collections.Immutable;
using System.Text;

namespace Engagement.Engage.Demo;

internal sealed record DemoAdvisor(string Id, string Name, string English, bool Fund);

/// <param name="Weight">Share of the clients, relative to the other outlets.</param>
/// <param name="Capacity">Of each of its advisors.</param>
internal sealed record DemoOutlet(string Id, string Zh, string En, double Weight, int Capacity, ImmutableArray<DemoAdvisor> Advisors);

internal sealed record DemoBranch(string Id, string Zh, string En, int Province, string Mode, string Kpi, string[] Scopes, ImmutableArray<DemoOutlet> Outlets);

/// <summary>An invented broker: 3 branches, 12 outlets, 60 advisors. The names come from the seed.</summary>
internal sealed class DemoOrganisation
{
    public const int AdvisorsPerOutlet = 5;

    private DemoOrganisation(ulong seed)
    {
        var dice = Dice.For(seed, 1, 0);
        var number = 1000;
        DemoOutlet Outlet(string id, string zh, string en, double weight, int capacity) => new(
            id, zh, en, weight, capacity,
            [.. Enumerable.Range(0, AdvisorsPerOutlet).Select(i => Advisor(dice, ++number, i))]);

        Branches =
        [
            new("hn", "华南分公司", "South China", 440000, "linked", "share", ["tail"],
            [
                Outlet("hn-001", "深圳福田营业部", "Shenzhen Futian", 1.2, 60),
                Outlet("hn-002", "深圳南山营业部", "Shenzhen Nanshan", 1.1, 55),
                Outlet("hn-003", "广州天河营业部", "Guangzhou Tianhe", 1.1, 55),
                Outlet("hn-004", "佛山营业部", "Foshan", 0.8, 45),
            ]),
            new("hd", "华东分公司", "East China", 310000, "linked", "share", ["tail", "overflow"],
            [
                Outlet("hd-001", "上海陆家嘴营业部", "Shanghai Lujiazui", 1.2, 60),
                Outlet("hd-002", "上海徐汇营业部", "Shanghai Xuhui", 1.0, 45),
                Outlet("hd-003", "杭州西湖营业部", "Hangzhou Xihu", 1.1, 40),
                Outlet("hd-004", "南京鼓楼营业部", "Nanjing Gulou", 0.8, 30),
            ]),
            new("hb", "华北分公司", "North China", 110000, "hq", "empower", ["tail"],
            [
                Outlet("hb-001", "北京中关村营业部", "Beijing Zhongguancun", 1.1, 55),
                Outlet("hb-002", "北京国贸营业部", "Beijing Guomao", 1.0, 50),
                Outlet("hb-003", "天津和平营业部", "Tianjin Heping", 0.8, 45),
                Outlet("hb-004", "济南历下营业部", "Jinan Lixia", 0.8, 45),
            ]),
        ];
        Outlets = [.. Branches.SelectMany(b => b.Outlets)];
    }

    public static DemoOrganisation Default { get; } = new(DemoSeed.Value);

    public ImmutableArray<DemoBranch> Branches { get; }

    public ImmutableArray<DemoOutlet> Outlets { get; }

    /// <summary>The document of <c>PUT /v1/organisation</c>.</summary>
    /// <param name="year">The mandates run from its first day to the end of the next year.</param>
    public string ToYaml(int year)
    {
        var yaml = new StringBuilder("branches:\n");
        foreach (var branch in Branches)
        {
            yaml.Append($"- id: {branch.Id}\n  name: {{zh: {branch.Zh}, en: {branch.En}}}\n  province: {branch.Province}\n")
                .Append($"  mode: {branch.Mode}\n  kpi: {branch.Kpi}\n  mandates:\n");
            foreach (var scope in branch.Scopes)
            {
                yaml.Append($"  - {{ id: {branch.Id}-{scope}, scope: {scope}, channels: [assistant, wecom, desk], from: {year}-01-01, until: {year + 1}-12-31 }}\n");
            }

            yaml.Append("  outlets:\n");
            foreach (var outlet in branch.Outlets)
            {
                yaml.Append($"  - id: {outlet.Id}\n    name: {{zh: {outlet.Zh}, en: {outlet.En}}}\n    advisors:\n");
                foreach (var advisor in outlet.Advisors)
                {
                    yaml.Append($"    - {{ id: {advisor.Id}, name: {advisor.Name}, capacity: {outlet.Capacity}, status: active, ")
                        .Append($"licences: [{(advisor.Fund ? "advice, fund" : "advice")}] }}\n");
                }
            }
        }

        return yaml.Append("defaults: { advisorFrom: 500000, intensiveBelow: 50000, capacity: 60 }\n").ToString();
    }

    // The last of an outlet may advise but not sell funds: some prompts then show the licence at work.
    private static DemoAdvisor Advisor(Dice dice, int number, int index)
    {
        var (zh, en) = Names.Of(dice);
        return new($"a-{number}", zh, en, Fund: index < AdvisorsPerOutlet - 1);
    }
}
