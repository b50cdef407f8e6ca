//! Files alone, and among other values.

use forge::prelude::*;

/// What came of a file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Received {
    pub name: String,
    pub content_type: String,
    pub text: String,
}

impl From<&Upload> for Received {
    fn from(upload: &Upload) -> Self {
        Self {
            name: upload.name().to_owned(),
            content_type: upload.content_type().to_owned(),
            text: String::from_utf8_lossy(upload.bytes()).into_owned(),
        }
    }
}

#[forge::mutation(auth = "none")]
pub async fn upload_file(_ctx: &MutationContext, file: Upload) -> Result<Received> {
    Ok(Received::from(&file))
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AvatarInput {
    pub user_name: String,
    pub picture: Upload,
    pub background: Option<Upload>,
}

#[forge::mutation(auth = "none")]
pub async fn upload_avatar(_ctx: &MutationContext, input: AvatarInput) -> Result<Vec<Received>> {
    let background = input.background.iter();
    Ok([&input.picture]
        .into_iter()
        .chain(background)
        .map(Received::from)
        .collect())
}

#[forge::mutation(auth = "none")]
pub async fn upload_passport(
    _ctx: &MutationContext,
    front: Upload,
    back: Upload,
    valid_until: Option<String>,
) -> Result<(Received, Received, Option<String>)> {
    Ok((Received::from(&front), Received::from(&back), valid_until))
}

#[forge::mutation(auth = "none")]
pub async fn upload_maybe(
    _ctx: &MutationContext,
    file: Option<Upload>,
) -> Result<Option<Received>> {
    Ok(file.as_ref().map(Received::from))
}

/// A file is part of what a job is started with.
#[forge::job(auth = "none")]
pub async fn scan_file(_ctx: &JobContext, file: Upload) -> Result<Received> {
    Ok(Received::from(&file))
}
