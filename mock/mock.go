package mock

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/tenantry/tenantry/mock/internal/api/accounts"
	"github.com/tenantry/tenantry/mock/internal/api/applications"
	"github.com/tenantry/tenantry/mock/internal/api/branding"
	"github.com/tenantry/tenantry/mock/internal/api/clients"
	"github.com/tenantry/tenantry/mock/internal/api/defaultidp"
	"github.com/tenantry/tenantry/mock/internal/api/editions"
	"github.com/tenantry/tenantry/mock/internal/api/idp"
	"github.com/tenantry/tenantry/mock/internal/api/infra"
	"github.com/tenantry/tenantry/mock/internal/api/locations"
	"github.com/tenantry/tenantry/mock/internal/api/mfa"
	"github.com/tenantry/tenantry/mock/internal/api/offerings"
	"github.com/tenantry/tenantry/mock/internal/api/pricing"
	"github.com/tenantry/tenantry/mock/internal/api/registration"
	"github.com/tenantry/tenantry/mock/internal/api/reports"
	"github.com/tenantry/tenantry/mock/internal/api/search"
	"github.com/tenantry/tenantry/mock/internal/api/tenants"
	"github.com/tenantry/tenantry/mock/internal/api/usages"
	"github.com/tenantry/tenantry/mock/internal/api/users"
	"github.com/tenantry/tenantry/mock/internal/auth"
	"github.com/tenantry/tenantry/mock/internal/fault/inject"
	"github.com/tenantry/tenantry/mock/internal/journal"
	"github.com/tenantry/tenantry/mock/internal/metrics"
	"github.com/tenantry/tenantry/mock/internal/op"
	"github.com/tenantry/tenantry/mock/internal/sandbox"
	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/internal/store"
	"github.com/tenantry/tenantry/mock/model"
	"github.com/tenantry/tenantry/openapi"
)

// Config says what to serve. Its zero value is the demo world in memory.
type Config struct {
	Data           string            // path of the data file; "": memory
	Fixture        string            // demo, empty, or the path of a file; "": demo, or what the data file was made with
	Seed           *int64            // nil: DefaultSeed, or what the data file was made with
	Settings       map[string]string // switches of the default world, see model.SettingDefs
	At             time.Time         // where the clock of a new default world is stopped; zero: it follows the wall
	JournalBytes   int64             // that a sandbox's journal keeps; 0: journal.DefaultLimit
	JournalTotal   int64             // that all journals keep; 0: journal.DefaultBudget
	BaseURL        string            // what links and issuers say; "": what the client dialled
	SigningKey     []byte            // RSA private key in PEM form; nil: the development key
	CheckResponses bool              // a reply that breaks the document becomes a 500
	Logger         *slog.Logger      // nil: nothing is logged

	commits func(store.Engine) *state.Committer // nil: the usual one; benchmarks slow the disk down
}

// DefaultSeed is the seed of a world that was made without one.
const DefaultSeed = 1

// Server serves the worlds. It is an http.Handler, safe for concurrent use.
type Server struct {
	cfg     Config
	log     *slog.Logger
	echo    *echo.Echo
	keys    *auth.Keys
	auth    *auth.Auth
	faults  *inject.Injector
	metrics *metrics.Metrics
	worlds  *sandbox.Manager
	commits *state.Committer // nil without a data file
	url     atomic.Pointer[string]
	life    context.Context // until Interrupt
	end     context.CancelFunc
}

// New loads the world and wires the operations. The server is ready when New returns.
func New(ctx context.Context, cfg Config) (*Server, error) {
	s := &Server{cfg: cfg, log: cfg.Logger, echo: echo.New()}
	s.life, s.end = context.WithCancel(context.WithoutCancel(ctx))
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	doc, err := openapi.Load()
	if err != nil {
		return nil, fmt.Errorf("load the embedded OpenAPI document: %w", err)
	}
	keys, err := signingKeys(cfg.SigningKey)
	if err != nil {
		return nil, err
	}
	s.keys, s.auth, s.faults = keys, auth.New(keys), inject.New(keys)
	budget := journal.NewBudget(cfg.JournalTotal)
	s.metrics = metrics.New(metrics.Config{Sandboxes: s.sandboxes, JournalBytes: budget.Used})
	handlers, err := op.Mount(doc, operations(keys), pending)
	if err != nil {
		return nil, err
	}
	s.routes(doc, handlers)
	if err := s.openWorlds(ctx, doc, budget); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func signingKeys(pem []byte) (*auth.Keys, error) {
	if pem == nil {
		return auth.DevelopmentKeys()
	}
	return auth.ParseKeys(pem)
}

// operations are all that are built.
func operations(keys *auth.Keys) []op.Op {
	return slices.Concat(
		tenants.Ops, users.Ops, clients.Ops, applications.Ops, search.Ops,
		accounts.Ops, branding.Ops, defaultidp.Ops, mfa.Ops, registration.Ops,
		offerings.Ops, editions.Ops, pricing.Ops,
		infra.Ops, locations.Ops, usages.Ops, reports.Ops,
		idp.Ops(keys),
	)
}

// SetURL tells the server where it listens, for the addresses of sandboxes that the control plane gives out. Without it
// they begin with Config.BaseURL.
func (s *Server) SetURL(url string) {
	url = strings.TrimSuffix(url, "/")
	s.url.Store(&url)
}

// Interrupt lets requests go that a fault holds: they end as if their clients had gone. It is called before the listener
// waits for running requests.
func (s *Server) Interrupt() { s.end() }

func (s *Server) sandboxes() []string {
	var ids []string
	for _, w := range s.worlds.List() {
		ids = append(ids, w.ID)
	}
	return ids
}

// Close commits what is queued and closes the data file.
func (s *Server) Close() error {
	s.Interrupt()
	if s.commits == nil {
		return nil
	}
	return s.commits.Close()
}

// CheckSettings refuses an unknown switch or value and says which are known.
func CheckSettings(settings map[string]string) error {
	for _, name := range slices.Sorted(maps.Keys(settings)) {
		if err := model.CheckSetting(name, settings[name]); err != nil {
			return err
		}
	}
	return nil
}
