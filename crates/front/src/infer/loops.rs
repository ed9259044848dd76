//! Loops: interpreted until the types at the head no longer change.

use super::body::{Bind, Body, Env};
use super::doubt::{Doubt, is_none};
use super::join::{coerce, join_types};
use super::ops;
use super::{Answer, Stop};
use nopython_diagnostics::{Diagnostic, codes};
use nopython_ir::Const;
use nopython_ir::ops::UnOp;
use nopython_ir::sorted::{SortedMap, SortedSet};
use nopython_ir::typed::{Place, Stmt, StmtKind, VarId};
use nopython_types::{Scalar, Type};
use ruff_python_ast as ast;

/// Rounds after which a loop's types are given up on; each round moves at least one type up a lattice of small height.
const MOST_ROUNDS: usize = 12;

/// Where a loop may be left, besides its jumps out.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum Exit {
    /// Before any turn.
    #[default]
    Head,
    /// After the first turn or a later one.
    Turn,
    /// Nowhere.
    Jump,
}

/// A jump to the head of a loop or out of it.
struct Edge {
    env: Env,
    /// Whether it leads out.
    leaves: bool,
}

/// A name at the head of a loop.
#[derive(Clone)]
struct Target {
    ty: Type,
    doubt: Doubt,
}

/// A loop being interpreted.
#[derive(Default)]
pub struct Frame {
    /// For each name that the loop assigns and that is bound at its head, or found to be bound at an exit: what it is there.
    targets: SortedMap<String, Target>,
    edges: Vec<Edge>,
    /// Where else the loop ends.
    pub exit: Exit,
    /// Whether any path breaks out.
    breaks: bool,
    /// The variable that tells `else` whether a `break` left the loop.
    flag: Option<VarId>,
}

impl Body<'_, '_> {
    /// Interprets a loop that assigns some names. `turn` emits one turn. Gives the turn's statements and, if a `break` leaves the loop,
    /// the environment after one; a `break` sets `flag`.
    pub fn settle_loop(
        &mut self,
        assigned: &SortedSet<String>,
        flag: Option<VarId>,
        place: Place,
        turn: &mut dyn FnMut(&mut Self) -> Answer<()>,
    ) -> Answer<(Vec<Stmt>, Option<Env>)> {
        let before = self.env.clone();
        // A function that is called in the loop may assign names of this one.
        let assigned = &assigned.iter().chain(&self.shared).cloned().collect::<SortedSet<String>>();
        let mut targets: SortedMap<String, Target> = SortedMap::new();
        let mut conflicts: SortedMap<String, Bind> = SortedMap::new();
        for _ in 0..MOST_ROUNDS {
            self.rounds += 1;
            if self.rounds > nopython_types::limits::ROUNDS {
                let error =
                    Diagnostic::error(codes::TOO_LARGE, "too many nested loops whose variables change their types");
                let error = error.primary(self.span_at(super::body::place_span(place)), "this loop");
                return Err(Stop::error(error.hint("move inner loops into functions")));
            }
            self.env = before.clone();
            let prelude = self.enter(assigned, &mut targets, &conflicts, place);
            let out = std::mem::take(&mut self.out);
            self.loops.push(Frame { targets: targets.clone(), flag, ..Frame::default() });
            let head = self.env.clone();
            let outcome = turn(self);
            if outcome.is_ok() && self.reachable {
                self.edge(place, false);
            }
            let frame = self.loops.pop().unwrap_or_default();
            let block = std::mem::replace(&mut self.out, out);
            outcome?;
            if !self.widen(assigned, &head, &frame.edges, &mut targets, &mut conflicts) {
                self.out.extend(prelude);
                self.env = self.after(head, &frame, &targets);
                self.reachable = true;
                let mut broken = self.env.clone();
                settle_doubts(&mut broken, frame.edges.iter().filter(|e| e.leaves).map(|e| &e.env));
                return Ok((block, frame.breaks.then_some(broken)));
            }
            self.reachable = true;
        }
        Err(Stop::error(
            Diagnostic::error(codes::INCOMPATIBLE_BRANCHES, "the types of the variables in this loop do not settle")
                .primary(self.span_at(super::body::place_span(place)), "this loop")
                .hint("give variables their final type before the loop, for example `s = 0.0`"),
        ))
    }

    /// Binds names at the head of the loop; gives the conversions that come before it.
    fn enter(
        &mut self,
        assigned: &SortedSet<String>,
        targets: &mut SortedMap<String, Target>,
        conflicts: &SortedMap<String, Bind>,
        place: Place,
    ) -> Vec<Stmt> {
        let mut prelude = Vec::new();
        for name in assigned {
            if let Some(conflict) = conflicts.get(name) {
                self.env.insert(name.clone(), conflict.clone());
                continue;
            }
            match self.env.get(name).cloned() {
                Some(Bind::Var { var, known, doubt, at }) => {
                    let own = self.type_of(var);
                    let target = targets.entry(name.clone()).or_insert_with(|| Target { ty: own, doubt }).clone();
                    let head = self.var(name, &target.ty);
                    if head != var {
                        let Some(value) = coerce(self.read_known(var, known, place), &target.ty) else {
                            let sides = [(self.type_of(var).to_string(), at), (target.ty.to_string(), at)];
                            self.env.insert(name.clone(), Bind::Conflict(Box::new(sides)));
                            continue;
                        };
                        prelude.push(Stmt { kind: StmtKind::Assign(head, value), place });
                    }
                    let doubt = doubt.or(target.doubt);
                    self.env.insert(name.clone(), Bind::Var { var: head, known: None, doubt, at });
                }
                // None before the loop, and a record after some turn.
                Some(bind)
                    if is_none(&bind) && matches!(targets.get(name), Some(Target { ty: Type::Record(_), .. })) =>
                {
                    let Some(Target { ty, doubt }) = targets.get(name).cloned() else { continue };
                    let Type::Record(record) = &ty else { continue };
                    let var = self.var(name, &ty);
                    let none = super::records::none_as(record, place);
                    prelude.push(Stmt { kind: StmtKind::Assign(var, none), place });
                    let at = super::body::place_span(place);
                    self.env.insert(name.clone(), Bind::Var { var, known: None, doubt, at });
                }
                // None before the loop, and a number after some turn.
                Some(bind) if is_none(&bind) => {
                    let Some(Target { ty, doubt }) = targets.get(name).cloned() else { continue };
                    let doubt = Doubt { none: true, ..doubt };
                    let at = super::body::place_span(place);
                    let bind = Bind::Var { var: self.var(name, &ty), known: None, doubt, at };
                    self.env.insert(name.clone(), bind);
                }
                // A string that the loop assigns is a variable in it.
                Some(bind) if let Some(value) = self.text_of_bind(&bind, place) => {
                    let own = value.ty.clone();
                    let target = Target { ty: own, doubt: Doubt::default() };
                    let target = targets.entry(name.clone()).or_insert(target).clone();
                    let Some(value) = coerce(value, &target.ty) else { continue };
                    let head = self.var(name, &target.ty);
                    prelude.push(Stmt { kind: StmtKind::Assign(head, value), place });
                    let at = super::body::place_span(place);
                    self.env.insert(name.clone(), Bind::Var { var: head, known: None, doubt: target.doubt, at });
                }
                Some(Bind::Val(_) | Bind::Conflict(_)) | None => {}
            }
        }
        prelude
    }

    /// Leaves a turn for the head or the end of the loop: emits the conversions to the types there.
    pub fn edge(&mut self, place: Place, leaves: bool) {
        let Some(frame) = self.loops.last() else { return };
        let targets: Vec<(String, Type)> = frame.targets.iter().map(|(n, t)| (n.clone(), t.ty.clone())).collect();
        for (name, target) in targets {
            if self.env.get(&name).is_some_and(is_none)
                && let Type::Record(record) = &target
                && record.optional
            {
                let head = self.var(&name, &target);
                let none = super::records::none_as(record, place);
                self.emit(StmtKind::Assign(head, none), place);
                continue;
            }
            if let Some(value) = self.env.get(&name).cloned().and_then(|bind| self.text_of_bind(&bind, place))
                && let Some(value) = coerce(value, &target)
            {
                let var = self.var(&name, &target);
                self.emit(StmtKind::Assign(var, value), place);
                let at = super::body::place_span(place);
                self.env.insert(name, Bind::Var { var, known: None, doubt: Doubt::default(), at });
                continue;
            }
            let Some(Bind::Var { var, .. }) = self.env.get(&name) else { continue };
            let var = *var;
            let head = self.var(&name, &target);
            if var != head
                && let Some(value) = coerce(self.read(var, place), &target)
            {
                self.emit(StmtKind::Assign(head, value), place);
            }
        }
        let env = self.env.clone();
        if let Some(frame) = self.loops.last_mut() {
            frame.edges.push(Edge { env, leaves });
        }
    }

    /// Breaks out of the innermost loop.
    pub fn break_loop(&mut self, place: Place) {
        let Some(frame) = self.loops.last_mut() else { return };
        frame.breaks = true;
        if let Some(flag) = frame.flag {
            let broken = ops::constant(Const::Bool(true), true, place);
            self.emit(StmtKind::Assign(flag, broken), place);
        }
        self.emit(StmtKind::Break, place);
    }

    /// The flag of a loop that has an `else`, set to false before the loop.
    pub fn else_flag(&mut self, orelse: &[ast::Stmt], place: Place) -> Option<VarId> {
        if orelse.is_empty() {
            return None;
        }
        let flag = self.temporary("broken", &Type::Scalar(Scalar::BOOL));
        self.emit(StmtKind::Assign(flag, ops::constant(Const::Bool(false), true, place)), place);
        Some(flag)
    }

    /// The `else` of a loop, which runs unless a `break` left the loop.
    pub fn loop_else(
        &mut self,
        flag: Option<VarId>,
        broken: Option<Env>,
        orelse: &[ast::Stmt],
        place: Place,
    ) -> Answer<()> {
        match (flag, broken) {
            (Some(flag), Some(mut broken)) => {
                let test = ops::unary(UnOp::Invert, self.read(flag, place), place);
                self.fork(test, place, &mut |this| this.statements(orelse), &mut |this| {
                    this.env = std::mem::take(&mut broken);
                    Ok(())
                })
            }
            _ => self.statements(orelse),
        }
    }

    /// Moves the types at the head up to cover every edge; tells whether anything changed.
    fn widen(
        &mut self,
        assigned: &SortedSet<String>,
        head: &Env,
        edges: &[Edge],
        targets: &mut SortedMap<String, Target>,
        conflicts: &mut SortedMap<String, Bind>,
    ) -> bool {
        let mut changed = false;
        for name in assigned {
            for edge in edges {
                if conflicts.contains_key(name) {
                    break;
                }
                let old = targets.get(name);
                let new = match self.meet(name, head.get(name), old, edge.env.get(name), edges) {
                    Meeting::Target(new) if old.is_some_and(|old| old.ty == new.ty && old.doubt == new.doubt) => {
                        continue;
                    }
                    Meeting::Target(new) => new,
                    Meeting::Conflict(conflict) => {
                        conflicts.insert(name.clone(), conflict);
                        changed = true;
                        continue;
                    }
                    Meeting::Nothing => continue,
                };
                targets.insert(name.clone(), new);
                changed = true;
            }
        }
        changed
    }

    /// What a name is at the head of a loop, given what it was there and what it is on an edge.
    fn meet(
        &mut self,
        name: &str,
        head: Option<&Bind>,
        target: Option<&Target>,
        edge: Option<&Bind>,
        edges: &[Edge],
    ) -> Meeting {
        if let (Some(head), Some(edge)) = (head, edge) {
            self.unify(head, edge);
        }
        match (head, edge) {
            (_, Some(Bind::Var { var, doubt, at, .. })) => {
                let ty = self.type_of(*var);
                match (target, head) {
                    (Some(target), _) => match join_types(&target.ty, &ty) {
                        Some(ty) => Meeting::Target(Target { ty, doubt: target.doubt.or(*doubt) }),
                        None => {
                            let head_at = if let Some(Bind::Var { at, .. }) = head { *at } else { *at };
                            Meeting::Conflict(Bind::Conflict(Box::new([
                                (target.ty.to_string(), head_at),
                                (ty.to_string(), *at),
                            ])))
                        }
                    },
                    (None, Some(bind))
                        if is_none(bind)
                            && let Type::Record(record) = &ty =>
                    {
                        Meeting::Target(Target { ty: Type::Record(record.or_none()), doubt: *doubt })
                    }
                    (None, Some(bind)) if is_none(bind) && self.may_be_none(name, *var) => {
                        Meeting::Target(Target { ty, doubt: *doubt })
                    }
                    (None, Some(bind)) => {
                        Meeting::Conflict(Bind::Conflict(Box::new([self.describe(bind), (ty.to_string(), *at)])))
                    }
                    // First bound inside the loop: its type at the exits matters only if they differ.
                    (None, None) => {
                        let differs = edges.iter().any(
                            |e| matches!(e.env.get(name), Some(Bind::Var { var, .. }) if self.type_of(*var) != ty),
                        );
                        if differs { Meeting::Target(Target { ty, doubt: *doubt }) } else { Meeting::Nothing }
                    }
                }
            }
            (Some(Bind::Var { var, doubt, .. }), Some(bind)) if is_none(bind) && self.is_record(*var) => {
                match self.type_of(*var) {
                    Type::Record(record) => {
                        let doubt = target.map_or(*doubt, |target| target.doubt);
                        Meeting::Target(Target { ty: Type::Record(record.or_none()), doubt })
                    }
                    _ => Meeting::Nothing,
                }
            }
            // First bound inside the loop, to strings that differ where it is left.
            (None, Some(bind))
                if target.is_none()
                    && edges.iter().any(|edge| edge.env.get(name).is_some_and(|other| other != bind))
                    && let Some(value) = self.text_of_bind(bind, Place::default()) =>
            {
                Meeting::Target(Target { ty: value.ty, doubt: Doubt::default() })
            }
            (Some(Bind::Var { var, .. }), Some(bind)) if is_none(bind) && self.may_be_none(name, *var) => {
                with_doubt(target, Doubt { none: true, unbound: false })
            }
            // Branches inside the turn have already found that the types differ.
            (Some(head), Some(conflict @ Bind::Conflict(_))) if head != conflict => Meeting::Conflict(conflict.clone()),
            (Some(head), Some(edge)) if head != edge => {
                Meeting::Conflict(Bind::Conflict(Box::new([self.describe(head), self.describe(edge)])))
            }
            (Some(Bind::Var { .. }), None) => with_doubt(target, Doubt { none: false, unbound: true }),
            (_, Some(_) | None) => Meeting::Nothing,
        }
    }

    /// The environment after the loop.
    fn after(&mut self, head: Env, frame: &Frame, targets: &SortedMap<String, Target>) -> Env {
        let mut env = head.clone();
        for edge in &frame.edges {
            for (name, bind) in &edge.env {
                if env.contains_key(name) {
                    continue;
                }
                let bind = match bind {
                    Bind::Var { var, at, .. } => {
                        let ty = targets.get(name).map_or_else(|| self.type_of(*var), |target| target.ty.clone());
                        Bind::Var { var: self.var(name, &ty), known: None, doubt: Doubt::default(), at: *at }
                    }
                    other => other.clone(),
                };
                env.insert(name.clone(), bind);
            }
        }
        let before = (frame.exit == Exit::Head).then_some(&head);
        let edges = frame.edges.iter().filter(|e| e.leaves || frame.exit == Exit::Turn).map(|e| &e.env);
        settle_doubts(&mut env, before.into_iter().chain(edges));
        env
    }
}

/// What may be wrong with the names after a loop that is left in some environments.
fn settle_doubts<'e>(env: &mut Env, exits: impl Iterator<Item = &'e Env> + Clone) {
    for (name, bind) in env.iter_mut() {
        let Bind::Var { doubt, .. } = bind else { continue };
        *doubt = exits.clone().fold(Doubt::default(), |doubt, exit| {
            doubt.or(match exit.get(name) {
                Some(Bind::Var { doubt, .. }) => *doubt,
                Some(other) => Doubt { none: is_none(other), unbound: false },
                None => Doubt { none: false, unbound: true },
            })
        });
    }
}

/// What becomes of a name at the head of a loop.
enum Meeting {
    /// It has a variable there.
    Target(Target),
    /// Paths disagree.
    Conflict(Bind),
    /// Nothing new.
    Nothing,
}

fn with_doubt(target: Option<&Target>, doubt: Doubt) -> Meeting {
    target.map_or(Meeting::Nothing, |t| Meeting::Target(Target { ty: t.ty.clone(), doubt: t.doubt.or(doubt) }))
}

/// The names that statements assign or delete.
pub fn assigned_names(body: &[ast::Stmt], names: &mut SortedSet<String>) {
    for stmt in body {
        match stmt {
            ast::Stmt::Assign(s) => s.targets.iter().for_each(|t| target_names(t, names)),
            ast::Stmt::AugAssign(s) => target_names(&s.target, names),
            ast::Stmt::Delete(s) => s.targets.iter().for_each(|t| target_names(t, names)),
            ast::Stmt::AnnAssign(s) => target_names(&s.target, names),
            ast::Stmt::FunctionDef(def) => super::closures::assigned_inside(def, names),
            ast::Stmt::For(s) => {
                target_names(&s.target, names);
                assigned_names(&s.body, names);
                assigned_names(&s.orelse, names);
            }
            ast::Stmt::While(s) => {
                assigned_names(&s.body, names);
                assigned_names(&s.orelse, names);
            }
            ast::Stmt::If(s) => {
                assigned_names(&s.body, names);
                s.elif_else_clauses.iter().for_each(|c| assigned_names(&c.body, names));
            }
            _ => {}
        }
    }
}

/// The names in an assignment target.
pub fn target_names(target: &ast::Expr, names: &mut SortedSet<String>) {
    match target {
        ast::Expr::Name(name) => {
            names.insert(name.id.to_string());
        }
        ast::Expr::Tuple(t) => t.elts.iter().for_each(|e| target_names(e, names)),
        ast::Expr::List(t) => t.elts.iter().for_each(|e| target_names(e, names)),
        ast::Expr::Starred(s) => target_names(&s.value, names),
        _ => {}
    }
}

/// The first `yield` of a body, which makes its function a generator wherever it stands.
pub fn yields(body: &[ast::Stmt]) -> Option<&ast::Expr> {
    let yielded = |e: &'_ ast::Expr| matches!(e, ast::Expr::Yield(_) | ast::Expr::YieldFrom(_));
    body.iter().find_map(|stmt| match stmt {
        ast::Stmt::Expr(s) => Some(&*s.value).filter(|e| yielded(e)),
        ast::Stmt::Assign(s) => Some(&*s.value).filter(|e| yielded(e)),
        ast::Stmt::Return(s) => s.value.as_deref().filter(|e| yielded(e)),
        ast::Stmt::For(s) => yields(&s.body).or_else(|| yields(&s.orelse)),
        ast::Stmt::While(s) => yields(&s.body).or_else(|| yields(&s.orelse)),
        ast::Stmt::If(s) => {
            yields(&s.body).or_else(|| s.elif_else_clauses.iter().find_map(|clause| yields(&clause.body)))
        }
        _ => None,
    })
}
