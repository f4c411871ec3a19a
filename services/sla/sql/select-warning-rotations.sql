-- Most rotations do not warn: the leads of those are not sent here in vain.
select organization, rotation_id
from claim_warnings
where warn_before > 0
