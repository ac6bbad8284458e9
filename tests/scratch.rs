use exchange_ports::firewall::Platform;
use exchange_ports::link::State;
use exchange_ports::static_ports::*;
#[test]
fn show() {
    for a in std::env::var("ADDR").unwrap().split('|') {
        let state = State::open(a, Vec::new(), None);
        let p = Planner::new(&state);
        println!(
            "=== {a} version {:?} nothing {:?}",
            p.version,
            p.nothing.map(|n| n.caution)
        );
        for r in &p.rows {
            println!("row {} {:?} proposed {}", r.procedure.id, r.typed, r.proposed);
        }
        for f in &p.findings {
            println!(
                "{:?} {:?}: {} {:?} {:?}",
                f.kind.weight(),
                f.at.iter().map(|p| p.id).collect::<Vec<_>>(),
                f.kind,
                f.sources.iter().map(|s| s.id).collect::<Vec<_>>(),
                f.command
            );
        }
        if let Some(plan) = &p.plan {
            println!("{:?}", plan.openings());
            let v = plan.rules_view();
            println!("{}", exchange_ports::link::print(&v));
            let md = Platform::find("change-request-markdown").unwrap();
            let s = State {
                view: v.with_platform(md),
                ..State::default()
            };
            let fw = md.write(&s.policy(&s.view.flows())).rules;
            for m in plan.machines() {
                if let Some(c) = &m.registry {
                    println!(
                        "--- {}\n{}\n--- {}\n{}",
                        c.apply.name, c.apply.text, c.undo.name, c.undo.text
                    );
                }
                if let Some(c) = &m.powershell {
                    println!(
                        "--- {}\n{}\n--- {}\n{}",
                        c.apply.name, c.apply.text, c.undo.name, c.undo.text
                    );
                }
            }
            println!("{}", plan.change_plan(&p.findings, &fw).text);
        }
    }
}
