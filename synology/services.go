package synology

import (
	"context"
	"encoding/json"
	"strings"

	"dirdesk/models"
)

// DirectoryInfo asks for the domain's realm, controllers and service status.
// While the service is not running and says nothing of the domain, the error
// is models.ErrBusy.
func (c *Client) DirectoryInfo(ctx context.Context) (models.DirectoryInfo, error) {
	data, err := c.call(ctx, methodInfo, c.host, nil)
	if err != nil {
		return models.DirectoryInfo{}, err
	}
	info, err := decodeInfo(data)
	return info, c.explain(methodInfo, c.host, err)
}

// decodeInfo reads the doubly wrapped answer (docs/dsm.md section 4.1; live sample).
func decodeInfo(data json.RawMessage) (models.DirectoryInfo, error) {
	var answer struct {
		Status looseText `json:"status"`
		Data   struct {
			Basic struct {
				Realm     looseText `json:"realm"`
				Workgroup looseText `json:"workgroup"`
			} `json:"domainBasicInfo"`
			Controllers []struct {
				CN       looseText   `json:"cn"`
				DN       looseText   `json:"dn"`
				HostName looseText   `json:"dnshostname"`
				Roles    []looseText `json:"roles"`
			} `json:"domainControllers"`
		} `json:"data"`
	}
	if err := json.Unmarshal(data, &answer); err != nil {
		return models.DirectoryInfo{}, notUnderstood(err)
	}
	info := models.DirectoryInfo{
		Realm:     string(answer.Data.Basic.Realm),
		Workgroup: string(answer.Data.Basic.Workgroup),
		Status:    string(answer.Status),
	}
	for _, dc := range answer.Data.Controllers {
		controller := models.DomainController{
			Name: string(dc.CN), DN: models.DN(dc.DN), HostName: string(dc.HostName),
		}
		for _, role := range dc.Roles {
			controller.Roles = append(controller.Roles, string(role))
		}
		info.Controllers = append(info.Controllers, controller)
	}
	switch {
	case info.Realm != "":
		info.BaseDN = baseDN(info)
		return info, nil
	case info.Status != "" && info.Status != "running":
		return info, &models.Error{
			Kind:   reason{"Directory Server is not running", models.ErrBusy},
			Advice: "Start it in DSM's Package Center, or wait until it has started.",
			Server: "status " + info.Status,
		}
	default:
		return info, notUnderstood(nil)
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

// NameTaken reports whether a user, group or computer with this logon name
// exists. It is about names: a DN is never taken.
func (c *Client) NameTaken(ctx context.Context, name string) (bool, error) {
	data, err := c.call(ctx, methodConflict, name, params{"name": name})
	if err != nil {
		return false, err
	}
	var answer struct {
		IsConflict looseBool `json:"isConflict"`
	}
	if err := json.Unmarshal(data, &answer); err != nil || !answer.IsConflict.flag.Known() {
		return false, c.explain(methodConflict, name, notUnderstood(err))
	}
	return answer.IsConflict.flag == models.Yes, nil
}

// UpdateStatus is the state of the task that brings domain accounts into DSM.
type UpdateStatus string

// The two attested states. Any other, and any error, means that the outcome is
// not known.
const (
	UpdateRunning  UpdateStatus = "updating"
	UpdateFinished UpdateStatus = "finish"
)

// DomainUpdate asks how far a domain update has come.
func (c *Client) DomainUpdate(ctx context.Context, taskID string) (UpdateStatus, error) {
	data, err := c.call(ctx, methodDomainStatus, taskID, params{"task_id": taskID})
	if err != nil {
		return "", err
	}
	var answer struct {
		Status looseText `json:"status"`
	}
	if err := json.Unmarshal(data, &answer); err != nil || answer.Status == "" {
		return "", c.explain(methodDomainStatus, taskID, notUnderstood(err))
	}
	return UpdateStatus(strings.TrimSpace(string(answer.Status))), nil
}

func notUnderstood(err error) error {
	return &models.Error{
		Kind:   reason{"DSM's answer was not understood", models.ErrProtocol},
		Advice: adviceUpdate, Err: err,
	}
}
