//! The numbers by which hosts look up what is raised.
//!
//! A function whose errors are reported where it is called is emitted once for all its calls. Each place of a call has rows of its own, one
//! after another, and passes the number of the first of them; the sites of the function count from there, and so do the rows of such
//! functions that it calls. Where all calls give the same number, nothing is passed.

use crate::used::Used;
use nopython_ir::loops::{CallPlace, FuncId, Module, SiteId, Stmt};
use nopython_ir::sorted::{SortedMap, SortedSet};
use nopython_types::Site;

/// A number of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    /// It is known.
    Known(u32),
    /// It is this many after the one that the function around it was given.
    Counted(u32),
}

impl Number {
    const fn after(self, offset: u32) -> Number {
        match self {
            Number::Known(n) => Number::Known(n + offset),
            Number::Counted(n) => Number::Counted(n + offset),
        }
    }
}

/// The numbers of all sites.
#[derive(Debug, Default)]
pub struct Sites {
    /// What hosts look up.
    pub rows: Vec<Site>,
    own: SortedMap<(FuncId, u32), Number>,
    calls: SortedMap<(FuncId, FuncId, CallPlace), Number>,
    counting: SortedSet<FuncId>,
}

/// What a function raises and calls, each once.
#[derive(Debug, Default)]
struct Found {
    sites: Vec<u32>,
    calls: Vec<(FuncId, CallPlace)>,
}

/// The rows of functions that call each other, or of one, whose errors are reported where they are called.
#[derive(Debug, Default)]
struct Group {
    members: SortedSet<FuncId>,
    /// Sites without a place.
    rows: Vec<u32>,
    /// The first row of each group that is called.
    inner: SortedMap<FuncId, u32>,
}

impl Sites {
    /// Numbers the sites of the functions that are emitted.
    pub fn of(module: &Module, used: &Used) -> Sites {
        let found: SortedMap<FuncId, Found> = used.functions.keys().map(|id| (*id, Found::of(module, *id))).collect();
        let groups = Groups::of(module, &found);
        let mut sites = Sites::default();
        sites.number_places(module, &found, &groups);
        let mut bases = SortedMap::new();
        for (id, group) in &groups.of {
            let base = sites.base(*id, &found, &groups, &mut bases);
            for (row, site) in group.rows.iter().enumerate() {
                for member in &group.members {
                    sites.own.insert((*member, *site), base.after(to_u32(row)));
                }
            }
            for member in &group.members {
                if matches!(base, Number::Counted(_)) {
                    sites.counting.insert(*member);
                }
                let calls = found.get(member).map_or(&[][..], |found| &found.calls);
                for (callee, at) in calls.iter().filter(|(_, at)| at.line == 0) {
                    let Some(inner) = groups.by_member.get(callee) else { continue };
                    let offset = group.inner.get(inner).copied().unwrap_or(0);
                    sites.calls.insert((*member, *callee, at.clone()), base.after(offset));
                }
            }
        }
        sites
    }

    /// Whether a function takes the number of its first row as its last argument.
    pub fn counts(&self, function: FuncId) -> bool {
        self.counting.contains(&function)
    }

    /// The number of a site in a function.
    pub fn number(&self, function: FuncId, site: SiteId) -> Number {
        self.own.get(&(function, site.0)).copied().unwrap_or(Number::Known(0))
    }

    /// The number of the first row of a call.
    pub fn first(&self, function: FuncId, callee: FuncId, at: &CallPlace) -> Number {
        self.calls.get(&(function, callee, at.clone())).copied().unwrap_or(Number::Known(0))
    }

    /// Gives rows to the sites with a place, and to the calls with a place of functions whose errors are reported there.
    fn number_places(&mut self, module: &Module, found: &SortedMap<FuncId, Found>, groups: &Groups) {
        let mut known = SortedMap::new();
        let mut runs: SortedMap<(FuncId, CallPlace), u32> = SortedMap::new();
        for (id, found) in found {
            let is_own = |site: &Site| site.is_placed() || !groups.by_member.contains_key(id);
            for number in &found.sites {
                let Some(site) = module.sites.get(*number as usize).filter(|site| is_own(site)) else { continue };
                let row = *known.entry(*number).or_insert_with(|| {
                    self.rows.push(site.clone());
                    to_u32(self.rows.len() - 1)
                });
                self.own.insert((*id, *number), Number::Known(row));
            }
            for (callee, at) in &found.calls {
                let Some(group) = groups.by_member.get(callee) else { continue };
                if at.line == 0 && groups.by_member.contains_key(id) {
                    continue;
                }
                let first =
                    *runs.entry((*group, at.clone())).or_insert_with(|| {
                        let first = to_u32(self.rows.len());
                        let CallPlace { function, line, column } = at;
                        let rows = groups.of.get(group).into_iter().flat_map(|group| &group.rows);
                        self.rows.extend(rows.filter_map(|number| module.sites.get(*number as usize)).map(|site| {
                            Site { function: function.clone(), line: *line, column: *column, ..site.clone() }
                        }));
                        first
                    });
                self.calls.insert((*id, *callee, at.clone()), Number::Known(first));
            }
        }
    }

    /// The number of a group's first row: known if all calls from outside give the same.
    fn base(
        &self,
        group: FuncId,
        found: &SortedMap<FuncId, Found>,
        groups: &Groups,
        bases: &mut SortedMap<FuncId, Number>,
    ) -> Number {
        if let Some(base) = bases.get(&group) {
            return *base;
        }
        let mut base: Option<Number> = None;
        for (caller, Found { calls, .. }) in found {
            for (callee, at) in calls.iter().filter(|(callee, _)| groups.by_member.get(callee) == Some(&group)) {
                let given = match (self.calls.get(&(*caller, *callee, at.clone())), groups.by_member.get(caller)) {
                    (Some(known), _) => *known,
                    (None, Some(around)) if *around != group => {
                        let inner = groups.of.get(around).and_then(|around| around.inner.get(&group)).copied();
                        self.base(*around, found, groups, bases).after(inner.unwrap_or(0))
                    }
                    (None, _) => continue,
                };
                base = match (base, given) {
                    (None | Some(Number::Known(_)), Number::Known(n)) if base.is_none_or(|b| b == given) => {
                        Some(Number::Known(n))
                    }
                    _ => Some(Number::Counted(0)),
                };
            }
        }
        let base = base.unwrap_or(Number::Known(0));
        bases.insert(group, base);
        base
    }
}

impl Found {
    fn of(module: &Module, id: FuncId) -> Found {
        let mut found = Found::default();
        let body = module.functions.get(id).map_or(&[][..], |function| &function.body);
        for stmt in body {
            stmt.walk(&mut |stmt| match stmt {
                Stmt::Check(_, fault) | Stmt::Raise(fault) => found.site(fault.site),
                Stmt::Alloc { site, .. } => found.site(*site),
                Stmt::Call { function, at, .. } => found.call(*function, at),
                _ => {}
            });
        }
        found
    }

    fn call(&mut self, function: FuncId, at: &CallPlace) {
        if !self.calls.iter().any(|(callee, place)| *callee == function && place == at) {
            self.calls.push((function, at.clone()));
        }
    }

    fn site(&mut self, site: SiteId) {
        if !self.sites.contains(&site.0) {
            self.sites.push(site.0);
        }
    }
}

/// The functions whose errors are reported where they are called, in groups of those that call each other; a group is named by its first
/// member.
#[derive(Debug, Default)]
struct Groups {
    of: SortedMap<FuncId, Group>,
    by_member: SortedMap<FuncId, FuncId>,
}

impl Groups {
    fn of(module: &Module, found: &SortedMap<FuncId, Found>) -> Groups {
        let unplaced = |site: &u32| module.sites.get(*site as usize).is_some_and(|site| !site.is_placed());
        let hosts = |id: &FuncId| module.start == Some(*id) || module.exports.iter().any(|(_, of)| of == id);
        let inner = |id: &FuncId| found.get(id).into_iter().flat_map(|f| &f.calls).filter(|(_, at)| at.line == 0);
        let mut raising: SortedSet<FuncId> = SortedSet::default();
        for (id, found) in found {
            if !hosts(id) && found.sites.iter().any(unplaced) {
                raising.insert(*id);
            }
        }
        loop {
            let more: Vec<FuncId> = found
                .keys()
                .filter(|id| {
                    !hosts(id) && !raising.contains(*id) && inner(id).any(|(callee, _)| raising.contains(callee))
                })
                .copied()
                .collect();
            if more.is_empty() {
                break;
            }
            more.into_iter().for_each(|id| {
                raising.insert(id);
            });
        }
        let reached: SortedMap<FuncId, SortedSet<FuncId>> = raising
            .iter()
            .map(|id| {
                let (mut reached, mut pending) = (SortedSet::default(), vec![*id]);
                while let Some(next) = pending.pop() {
                    let callees = inner(&next).map(|(callee, _)| *callee).filter(|callee| raising.contains(callee));
                    pending.extend(callees.filter(|callee| reached.insert(*callee)));
                }
                (*id, reached)
            })
            .collect();
        let reaches = |from: &FuncId, to: &FuncId| reached.get(from).is_some_and(|reached| reached.contains(to));
        let mut groups = Groups::default();
        for id in raising.iter() {
            let together = |other: &&FuncId| *other == id || reaches(id, other) && reaches(other, id);
            let members: SortedSet<FuncId> = raising.iter().filter(together).copied().collect();
            let name = members.iter().next().copied().unwrap_or(*id);
            groups.by_member.insert(*id, name);
            groups.of.entry(name).or_insert_with(|| Group { members, ..Group::default() });
        }
        let names: Vec<FuncId> = groups.of.keys().copied().collect();
        let mut done = SortedSet::default();
        for name in names {
            groups.lay_out(name, module, found, &mut done);
        }
        groups
    }

    /// Gives a group its rows, after those that it calls.
    fn lay_out(
        &mut self,
        name: FuncId,
        module: &Module,
        found: &SortedMap<FuncId, Found>,
        done: &mut SortedSet<FuncId>,
    ) {
        if !done.insert(name) {
            return;
        }
        let Some(mut group) = self.of.remove(&name) else { return };
        for member in group.members.iter() {
            let Some(found) = found.get(member) else { continue };
            for site in &found.sites {
                let is_unplaced = module.sites.get(*site as usize).is_some_and(|site| !site.is_placed());
                if is_unplaced && !group.rows.contains(site) {
                    group.rows.push(*site);
                }
            }
        }
        let calls = group.members.iter().filter_map(|member| found.get(member)).flat_map(|found| &found.calls);
        for (callee, _) in calls.filter(|(_, at)| at.line == 0) {
            let Some(inner) = self.by_member.get(callee).copied() else { continue };
            if inner == name || group.inner.contains_key(&inner) {
                continue;
            }
            self.lay_out(inner, module, found, done);
            group.inner.insert(inner, to_u32(group.rows.len()));
            if let Some(inner) = self.of.get(&inner) {
                group.rows.extend(&inner.rows);
            }
        }
        self.of.insert(name, group);
    }
}

fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
