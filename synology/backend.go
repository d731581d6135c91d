package synology

import (
	"context"
	"encoding/json"

	"dirdesk/internal/rawjson"
	"dirdesk/internal/webclient"
	"dirdesk/models"
)

// Backend is a signed-in connection to the directory of one DSM. It is safe for
// use by several goroutines. Its errors are *models.Error,
// *models.CertificateError or, when the caller's context ended, that context's
// error.
//
// Its methods are the desk's capabilities, as far as DSM's documented calls go. There
// are none to unlock, enable, disable or expire an account, to take a member out of
// a group, to rename or move, or to make an OU; no others are guessed at.
type Backend struct {
	*connection
}

// Open finds out what the server offers and signs in. When the account needs a
// one-time code the error is models.ErrCodeRequired: call Open again with it.
// A server without the directory package is models.ErrUnsupported.
func Open(ctx context.Context, options Options) (*Backend, error) {
	c, err := newConnection(options)
	if err != nil {
		return nil, err
	}
	if err := c.open(ctx); err != nil {
		c.sessions.Close()
		c.web.Close()
		return nil, err
	}
	return &Backend{c}, nil
}

// NameTaken reports whether a user, group or computer with this logon name
// exists. It is about names: a DN is never taken.
func (b *Backend) NameTaken(ctx context.Context, name string) (bool, error) {
	data, err := b.call(ctx, methodConflict, name, params{"name": name})
	if err != nil {
		return false, err
	}
	taken := members(data).Flag("isconflict")
	if !taken.Known() {
		return false, b.explain(methodConflict, name, notUnderstood())
	}
	return taken == models.Yes, nil
}

// SendResetMail asks DSM to mail a link for a new password to an account, by its
// logon name. The link is for DSM's own page. DSM does not tell whether a mail went
// out, nor whether there is such an account: it answers with a number, of which 3
// was seen live, and which goes into the log (docs/dsm.md section 4.4).
func (b *Backend) SendResetMail(ctx context.Context, logon string) error {
	m := methodResetMail
	if logon == "" {
		return b.explain(m, b.host, invalid("no account is named", "Give its logon name."))
	}
	data, err := b.call(ctx, m, logon, params{"user": logon})
	if err != nil {
		return err
	}
	if first(data) != '{' {
		return b.explain(m, logon, webclient.Lost(notUnderstood()))
	}
	b.options.Logger.InfoContext(ctx, "dsm was asked to mail a reset link", "account", logon, "msg", members(data).Text("msg"))
	return nil
}

// The two attested states of the task that brings the domain's accounts into DSM.
// Any other, and any error, means that the outcome is not known.
const (
	updateRunning  = "updating"
	updateFinished = "finish"
)

// StartSync starts the task that brings the domain's accounts into DSM, for
// SyncStatus to ask after. While one runs already, the error is models.ErrBusy
// (inferred from DSM's own texts).
func (b *Backend) StartSync(ctx context.Context) (task string, err error) {
	return b.startTask(ctx, methodDomainStart, b.host, params{"domain_name": "@all"})
}

// SyncStatus asks how far such a task has come.
func (b *Backend) SyncStatus(ctx context.Context, task string) (models.SyncStatus, error) {
	data, err := b.call(ctx, methodDomainStatus, task, params{"task_id": task})
	if err != nil {
		return models.SyncStatus{}, err
	}
	status := members(data).Text("status")
	if status == "" {
		return models.SyncStatus{}, b.explain(methodDomainStatus, task, notUnderstood())
	}
	return models.SyncStatus{
		Words: status, Done: status == updateFinished, Known: status == updateRunning || status == updateFinished,
	}, nil
}

func invalid(words, advice string) *models.Error {
	return webclient.Fault(models.ErrInvalid, words, advice)
}

func notUnderstood() *models.Error {
	return webclient.Fault(models.ErrProtocol, "DSM's answer was not understood", adviceUpdate)
}

// Info asks for the domain's realm, controllers and service status. While the
// service is not running and says nothing of the domain, the error is
// models.ErrBusy.
func (b *Backend) Info(ctx context.Context) (models.DirectoryInfo, error) {
	data, err := b.call(ctx, methodInfo, b.host, nil)
	if err != nil {
		return models.DirectoryInfo{}, err
	}
	info, err := decodeInfo(data)
	return info, b.explain(methodInfo, b.host, err)
}

// decodeInfo reads the doubly wrapped answer (docs/dsm.md section 4.1; live sample).
func decodeInfo(data json.RawMessage) (models.DirectoryInfo, error) {
	answer := members(data)
	inner := answer.Object("data")
	basic := inner.Object("domainbasicinfo")
	info := models.DirectoryInfo{Realm: basic.Text("realm"), Workgroup: basic.Text("workgroup"), Status: answer.Text("status")}
	controllers, _ := inner.List("domaincontrollers")
	for _, raw := range controllers {
		dc := members(raw)
		controller := models.DomainController{Name: dc.Text("cn"), DN: models.DN(dc.Text("dn")), HostName: dc.Text("dnshostname")}
		roles, _ := dc.List("roles")
		for _, role := range roles {
			controller.Roles = append(controller.Roles, rawjson.Scalar(role))
		}
		info.Controllers = append(info.Controllers, controller)
	}
	switch {
	case info.Realm != "":
		info.BaseDN = baseDN(info)
		return info, nil
	case info.Status != "" && info.Status != "running":
		stopped := webclient.Fault(models.ErrBusy, "Directory Server is not running", "Start it in DSM's Package Center, or wait until it has started.")
		stopped.Server = "status " + info.Status
		return info, stopped
	default:
		return info, notUnderstood()
	}
}

// baseDN is made of the realm, as DSM does not send it (inferred); spelled as
// in the controllers' names where they lie in the domain.
func baseDN(info models.DirectoryInfo) models.DN {
	base := models.DNFromRealm(info.Realm)
	for _, dc := range info.Controllers {
		for at := dc.DN.Parent(); at != ""; at = at.Parent() {
			if at.Equal(base) {
				return at
			}
		}
	}
	return base
}
